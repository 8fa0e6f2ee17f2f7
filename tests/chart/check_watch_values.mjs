// The chart refuses wrong values of watch.config before anything is installed: its schema of them is the program's
// own, without what the chart itself fills in.
//   check_watch_values.mjs WATCH_CONFIG_CPP VALUES_SCHEMA
import fs from 'node:fs';
import util from 'node:util';

const [source, schema] = process.argv.slice(2, 4).map((name) => fs.readFileSync(name, 'utf8'));
const own = JSON.parse(source.match(/R"json\((.*?)\)json"/s)[1]);
delete own.description;
delete own.properties.state;
delete own.properties.alerts.properties.access_key;
delete own.properties.alerts.properties.access_key_file;
const chart = JSON.parse(schema).properties.watch.properties.config;
if (!util.isDeepStrictEqual(own, chart)) {
    console.error('values.schema.json, watch.config: not what host/app/watch_config.cpp says; it must be\n' +
        JSON.stringify(own, null, 4));
    process.exit(1);
}
