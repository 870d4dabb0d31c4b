/** Builds GraphiQL into dist/graphiql, unless what is there was made of what is here. Run by `npm run build`, compiled. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { root } from '../root.ts';

const source = join(root, 'src', 'graphiql', 'page');
const target = join(root, 'dist', 'graphiql');
const mark = join(target, '.built-from');

const brotli = promisify(brotliCompress);

const sources = hashOfSources();
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== sources) {
  process.stdout.write('Building GraphiQL. This happens once, and again when its sources change.\n');
  await buildPage();
  await compress();
  // Last, so that a build that was cut off is made again.
  await writeFile(mark, sources);
}

/** What goes into the page: its own sources, and the versions of its packages. */
function hashOfSources(): string {
  const files = readdirSync(source).toSorted();
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of files) hash.update(file).update(readFileSync(join(source, file)));
  return hash.digest('hex');
}

async function buildPage(): Promise<void> {
  // Loaded here, because it takes longer than everything that an unchanged page needs.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: source,
    base: '/graphiql/',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: target, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
}

/** For every visitor at once: the server sends these bytes as they are. */
async function compress(): Promise<void> {
  const paths = readdirSync(target, { recursive: true, encoding: 'utf8' }).map((file) => join(target, file));
  const texts = paths.filter((path) => ['.js', '.css', '.html', '.ttf'].includes(extname(path)));
  await Promise.all(
    texts.map(async (path) => {
      // Two steps below the best, at a fifth of its time.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      await writeFile(`${path}.br`, await brotli(await readFile(path), { params }));
    }),
  );
}
