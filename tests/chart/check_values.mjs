// Holds merged values (JSON on standard input) against the chart's schema, as helm does before it renders:
// check_values.mjs SCHEMA
import fs from 'node:fs';

import { load } from '../node/load.mjs';

const Ajv = load('ajv');
const schema = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
if (!validate(JSON.parse(fs.readFileSync(0, 'utf8')))) {
    for (const error of validate.errors) {
        const { allowedValues, additionalProperty } = error.params;
        const detail = allowedValues?.join(', ') ?? additionalProperty;
        console.error(`${error.instancePath} ${error.message}${detail ? `: ${detail}` : ''}`.trim());
    }
    process.exit(1);
}
