// render prints the documents of a Helm chart, where no helm is at hand: the same template language and the same
// functions. It is stricter than helm: a value that does not exist is an error. What it lacks: subcharts, hooks,
// lookups in a cluster, .Files, and the check against values.schema.json, which check_values.mjs makes.
//
//	render CHART documents|notes|values [VALUES_FILE...]
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type object = map[string]interface{}

func readObject(path string) (object, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	result := object{}
	if err := yaml.UnmarshalStrict(text, &result); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return result, nil
}

// As helm merges values: objects key by key, null removes what was there, all else replaces.
func merge(below, above object) {
	for key, value := range above {
		if value == nil {
			delete(below, key)
			continue
		}
		upper, isObject := value.(object)
		if lower, hasObject := below[key].(object); isObject && hasObject {
			merge(lower, upper)
			continue
		}
		below[key] = value
	}
}

func toYaml(value interface{}) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

func required(message string, value interface{}) (interface{}, error) {
	if value == nil || value == "" {
		return nil, errors.New(message)
	}
	return value, nil
}

// The functions of helm beside sprig's; those that read the environment are no functions of a chart.
func functions(chart *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["toYaml"] = toYaml
	all["required"] = required
	all["include"] = func(name string, data interface{}) (string, error) {
		var text bytes.Buffer
		err := chart.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	return all
}

func parse(folder string) (*template.Template, []string, error) {
	chart := template.New("chart").Option("missingkey=error")
	chart.Funcs(functions(chart))
	files, err := filepath.Glob(filepath.Join(folder, "templates", "*"))
	if err != nil {
		return nil, nil, err
	}
	names := []string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		name := filepath.Base(file)
		if _, err := chart.New(name).Parse(string(text)); err != nil {
			return nil, nil, err
		}
		names = append(names, name)
	}
	return chart, names, nil
}

// What a template sees.
func scope(folder string, values object) (object, error) {
	meta, err := readObject(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	chart := object{}
	for key, value := range meta {
		chart[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return object{
		"Values": values,
		"Chart":  chart,
		"Release": object{"Name": "nutanix", "Namespace": "cloudforet-plugin", "Service": "Helm",
			"IsInstall": true, "IsUpgrade": false, "Revision": 1},
		"Capabilities": object{"KubeVersion": object{"Version": "v1.30.0", "Major": "1", "Minor": "30"}},
	}, nil
}

func loadValues(folder string, files []string) (object, error) {
	values, err := readObject(filepath.Join(folder, "values.yaml"))
	for _, file := range files {
		if err != nil {
			return nil, err
		}
		var above object
		above, err = readObject(file)
		merge(values, above)
	}
	return values, err
}

func printTemplates(folder, what string, values object) error {
	chart, names, err := parse(folder)
	if err != nil {
		return err
	}
	data, err := scope(folder, values)
	if err != nil {
		return err
	}
	for _, name := range names {
		isNotes := strings.HasSuffix(name, ".txt")
		if strings.HasPrefix(name, "_") || isNotes != (what == "notes") {
			continue
		}
		var text bytes.Buffer
		if err := chart.ExecuteTemplate(&text, name, data); err != nil {
			return err
		}
		if isNotes {
			fmt.Print(text.String())
		} else if strings.TrimSpace(text.String()) != "" {
			fmt.Printf("---\n# Source: %s\n%s\n", name, strings.TrimSpace(text.String()))
		}
	}
	return nil
}

func run(arguments []string) error {
	if len(arguments) < 2 || !strings.Contains(" documents notes values ", " "+arguments[1]+" ") {
		return errors.New("usage: render CHART documents|notes|values [VALUES_FILE...]")
	}
	values, err := loadValues(arguments[0], arguments[2:])
	if err != nil {
		return err
	}
	if arguments[1] == "values" {
		text, err := json.MarshalIndent(values, "", "  ")
		fmt.Println(string(text))
		return err
	}
	return printTemplates(arguments[0], arguments[1], values)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
}
