// Packages from the folder into which ./dev installs them, wherever a script is.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.resolve(process.env.PF_NODE ?? 'build/node');
export const load = createRequire(path.join(folder, 'package.json'));

// For packages that are modules of ECMAScript only.
export const loadModule = (name, file) =>
    import(pathToFileURL(path.join(folder, 'node_modules', name, file)));
