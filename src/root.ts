import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: where `package.json` lies, also when the program runs compiled, from a folder further down. */
export const root: string = packageFolder(dirname(fileURLToPath(import.meta.url)));

function packageFolder(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('The package has lost its package.json.');
  return packageFolder(above);
}
