/**
 * Builds what is not built yet, or was built from something else: `node src/build.js [program] [graphiql]`, both unless said.
 * In JavaScript, because it runs before anything is compiled. A start after the first one must not pay for the build again.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const page = 'src/graphiql/page';

const parts = {
  program: {
    step: 'compiling the program',
    sources: ['src', 'schema', 'resolvers', 'loaders', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    result: 'src/cli.js',
    build: compile,
  },
  graphiql: {
    step: 'building GraphiQL',
    sources: [page, 'src/build.js', 'package-lock.json'],
    result: 'graphiql/index.html',
    build: async () => {
      await bundle();
      await compress(join(dist, 'graphiql'));
    },
  },
};

const named = process.argv.slice(2);
const wanted = Object.keys(parts).filter((name) => named.length === 0 || named.includes(name));
await Promise.all(wanted.map((name) => refresh(name)));

/** @param {keyof typeof parts} name */
async function refresh(name) {
  const { step, sources, result, build } = parts[name];
  const mark = join(dist, `.${name}-built-from`);
  const hash = hashOf(sources);
  if (existsSync(mark) && existsSync(join(dist, result)) && readFileSync(mark, 'utf8') === hash) return;
  process.stdout.write(`  ${step}\n`);
  await build();
  // Last, so that a build that was cut off is made again.
  writeFileSync(mark, hash);
}

/** @param {readonly string[]} sources */
function hashOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
      : undefined;
    const paths = files?.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name)) ?? [path];
    for (const one of paths.toSorted()) hash.update(one).update(readFileSync(one));
  }
  return hash.digest('hex');
}

/** @returns {Promise<void>} */
function compile() {
  return new Promise((resolve, reject) => {
    // On Windows, what npm puts on the path are scripts for its shell.
    const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
    const tsc = spawn('tsc', ['-p', 'tsconfig.build.json'], options);
    tsc.on('error', reject);
    tsc.on('exit', (code) => (code === 0 ? resolve() : process.exit(code ?? 1)));
  });
}

async function bundle() {
  // It takes longer to load than everything else that a start after the first one does here.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: join(root, page),
    base: '/graphiql/',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: join(dist, 'graphiql'), emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
}

/**
 * For every visitor at once: the server sends these bytes as they are.
 * @param {string} folder
 */
async function compress(folder) {
  const brotli = promisify(brotliCompress);
  // The best takes five times as long, for a twentieth less.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  const texts = files.filter((file) => ['.js', '.css', '.html', '.ttf'].includes(extname(file)));
  await Promise.all(texts.map(async (file) => writeFile(`${file}.br`, await brotli(await readFile(file), { params }))));
}
