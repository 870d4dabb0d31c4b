import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leader } from '../../src/database/data/callers.ts';
import { root } from '../../src/root.ts';
import { commandsOf, readBlocks } from '../support/blocks.ts';
import { sign, startProgram, type Program } from './support.ts';

const execute = promisify(execFile);
const page = 'docs/clients.md';
const blocks = readBlocks(page);
const commands = blocks.filter(({ language }) => language === 'sh').map(commandsOf);
const [makeSchema, useTypes, useRelay] = commands as [string[], string[], string[]];

/** Whether a registry can be asked: without one, nothing can be installed. */
const hasRegistry = await execute('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=30000']).then(
  () => true,
  () => false,
);
if (!hasRegistry) console.warn('No client is made outside: there is no registry to install from.');

/** The page's own words about what the client prints. */
const printed = /it prints `(.+)`/.exec(readFileSync(join(root, page), 'utf8'))![1]!;

describe.skipIf(!hasRegistry)('a client made from the page alone, in a folder elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'timeback-client-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let program: Program;
  let token: string;
  let manifest: string;
  beforeAll(async () => {
    program = await startProgram({ databaseUrl: inject('demoUrl'), environment: { INTROSPECTION: 'on' } });
    token = await sign({ org_ids: leader.orgIds });
    writeFiles((name) => !name.includes('relay'));
    // The compiled program and this one print the same: its own test says so.
    const { stdout } = await inFolder(makeSchema.at(-1)!.replace(/^npx timeback-graph (.+) > .*/, sourceCommand), root);
    writeFileSync(join(folder, 'schema.graphql'), stdout);
    for (const command of useTypes.slice(0, -1)) await inFolder(command);
    manifest = join(folder, 'src', 'graph', 'persisted-documents.json');
  }, 300_000);
  afterAll(() => program.stop());

  function writeFiles(which: (name: string) => boolean): void {
    for (const { name, text } of blocks) {
      if (name === undefined || !which(name)) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  const sourceCommand = `${process.execPath} --import tsx src/cli.ts $1`;

  function inFolder(command: string, cwd = folder) {
    return execute('/bin/sh', ['-c', command], {
      cwd,
      maxBuffer: 10_000_000,
      env: {
        ...process.env,
        GRAPH_URL: `${program.url}/graphql`,
        GRAPH_TOKEN: token,
        npm_config_prefer_offline: 'true',
        npm_config_audit: 'false',
      },
    });
  }

  it('compiles, and gets what the page says', async () => {
    const { stdout } = await inFolder(useTypes.at(-1)!);
    expect(stdout.trim()).toBe(printed);
  });

  it('does not compile when it takes a text for a number', async () => {
    const source = join(folder, 'src', 'main.ts');
    const right = readFileSync(source, 'utf8');
    writeFileSync(source, right.replace('(string | undefined)[]', '(number | undefined)[]'));
    await expect(inFolder(useTypes.at(-2)!)).rejects.toMatchObject({
      stdout: expect.stringContaining(`Type 'string' is not assignable to type 'number'`),
    });
    writeFileSync(source, right);
  });

  it.each([
    ['documents that are text', ''],
    ['parsed documents', `documentMode: 'string',`],
  ])('gets the same types from a running server: %s', async (_, leftOut) => {
    const config = readFileSync(join(folder, 'codegen.ts'), 'utf8');
    const running = blocks.find(({ text }) => text.startsWith('const schema = '))!.text;
    const schema = /= (\[[^]*\]);/.exec(running)![1]!.replace('http://127.0.0.1:4000', program.url);
    const typesOf = async (source: string) => {
      writeFileSync(join(folder, 'codegen.ts'), config.replace(leftOut, '').replace(`'schema.graphql'`, source));
      await inFolder(useTypes.find((command) => command.includes('codegen'))!);
      return readFileSync(join(folder, 'src', 'graph', 'graphql.ts'), 'utf8');
    };
    expect(await typesOf(schema)).toBe(await typesOf(`'schema.graphql'`));
    writeFileSync(join(folder, 'codegen.ts'), config);
  });

  it('is all that a server answers that trusts its manifest alone', async () => {
    const trusting = await startProgram({
      databaseUrl: inject('demoUrl'),
      environment: { TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_ONLY: 'on' },
    });
    const [hash] = Object.keys(JSON.parse(readFileSync(manifest, 'utf8')) as object);
    const sent = blocks.find(({ text }) => text.includes('persistedQuery'))!.text;
    const known = await trusting.ask(sent.replace('the hash of the document', hash!), { token });
    expect(await known.json()).toMatchObject({ data: { students: { totalCount: 298 } } });
    const other = await trusting.ask({ query: '{ students { totalCount } }' }, { token });
    expect(other.status).toBe(400);
    await trusting.stop();
  });

  it('compiles with Relay', async () => {
    writeFiles((name) => name.includes('relay'));
    for (const command of useRelay) await inFolder(command);
    const artifact = join(folder, 'src', 'relay', '__generated__', 'sessions_student.graphql.ts');
    expect(readFileSync(artifact, 'utf8')).toMatch(/readonly startTime: string/);
    const compile = useTypes.at(-2)!.replace('src/main.ts', 'src/relay/environment.ts');
    await inFolder(compile);
  }, 300_000);
});
