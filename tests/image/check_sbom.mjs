// Holds a bill of materials against the JSON schema of CycloneDX: check_sbom.mjs FILE
import fs from 'node:fs';
import path from 'node:path';

import { load } from '../node/load.mjs';

const Ajv = load('ajv');
const folder = path.join(path.dirname(load.resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res', 'schema');
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    ajv.addSchema(read(path.join(folder, name)), `http://cyclonedx.org/schema/${name}`);
}
const validate = ajv.compile(read(path.join(folder, 'bom-1.5.SNAPSHOT.schema.json')));
const bom = read(process.argv[2]);
if (!validate(bom)) {
    for (const error of validate.errors.slice(0, 10)) {
        console.error(`${process.argv[2]}${error.instancePath}: ${error.message}`);
    }
    process.exit(1);
}
const references = bom.components.map((part) => part['bom-ref']);
if (references.length === 0 || new Set(references).size !== references.length) {
    console.error(`${process.argv[2]}: no components, or two with one bom-ref`);
    process.exit(1);
}
