// Holds compose.yaml against what its schema cannot say: every build target and argument is one of the Dockerfile,
// there is one service for each image of deploy/image/roles, versions and configurations are the tree's.
//   check_compose.mjs ROOT VERSION
import fs from 'node:fs';
import path from 'node:path';

import { load } from '../node/load.mjs';

const yaml = load('js-yaml');
const [root, version] = process.argv.slice(2);
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const problems = [];
const expect = (isRight, text) => {
    if (!isRight) problems.push(text);
};

const dockerfile = read('Dockerfile');
const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((found) => found[1]);
const argumentNames = [...dockerfile.matchAll(/^ARG (\w+)/gm)].map((found) => found[1]);
const images = read('deploy/image/roles').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(' '));
const compose = yaml.load(read('compose.yaml'), { merge: true });

for (const [name, service] of Object.entries(compose.services)) {
    expect(service.read_only === true, `${name}: its root can be written`);
    expect(service.cap_drop?.includes('ALL'), `${name}: keeps capabilities`);
    expect(service.image.endsWith(`:${version}`), `${name}: image ${service.image}, but this is ${version}`);
    expect((service.ports ?? []).every((port) => port.startsWith('127.0.0.1:')), `${name}: a port for everybody`);
    const target = service.build?.target;
    expect(target === undefined || stages.includes(target), `${name}: the Dockerfile has no stage ${target}`);
    for (const argument of Object.keys(service.build?.args ?? {})) {
        expect(argumentNames.includes(argument), `${name}: the Dockerfile has no argument ${argument}`);
    }
    for (const volume of service.volumes ?? []) {
        const [from] = volume.split(':');
        expect(from.startsWith('./') ? fs.existsSync(path.join(root, from)) : from in compose.volumes,
            `${name}: there is no volume ${from}`);
    }
}
for (const [image, role] of images) {
    expect(Object.values(compose.services).some((one) =>
        one.image === `${image}:${version}` && one.build?.args?.ROLE === role), `no service builds ${image}`);
}
for (const problem of problems) console.error(`compose.yaml: ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
