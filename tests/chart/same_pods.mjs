// What kustomize makes is what the chart makes: two sets of documents must hold the same specs.
//   same_pods.mjs FILE FILE
import fs from 'node:fs';
import util from 'node:util';

import { load } from '../node/load.mjs';

const yaml = load('js-yaml');

// Without what the two tools write differently: names of the chart, checksums, who manages it.
function plain(value) {
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).filter(([key]) => !['labels', 'matchLabels', 'selector', 'annotations',
        'namespace', 'name', 'image', 'serviceAccountName', 'serviceName', 'claimName'].includes(key));
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, plain(key === 'config.yaml' ? yaml.load(one) : one)]));
}

// Kubernetes reads YAML 1.1, in which a number that begins with 0 is octal; js-yaml reads 1.2.
function read(file) {
    return fs.readFileSync(file, 'utf8').replace(/^( *defaultMode: )0(\d+)$/gm, '$10o$2');
}

function specs(file) {
    const documents = yaml.loadAll(read(file)).filter((one) => one !== null);
    return Object.fromEntries(documents.map((one) => [one.kind, plain(one)])
        .sort(([a], [b]) => (a < b ? -1 : 1)));
}

const [left, right] = process.argv.slice(2, 4).map(specs);
if (!util.isDeepStrictEqual(left, right)) {
    for (const kind of new Set([...Object.keys(left), ...Object.keys(right)])) {
        if (!util.isDeepStrictEqual(left[kind], right[kind])) {
            console.error(`${kind} differs:\n${JSON.stringify(left[kind], null, 1)}\n${JSON.stringify(right[kind], null, 1)}`);
        }
    }
    process.exit(1);
}
