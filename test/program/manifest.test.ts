import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { getOperationAST, parse, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import codegen from '../../codegen.ts';
import { schemaOf } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { root } from '../../src/root.ts';
import { readStories, type Story } from '../support/corpus.ts';
import { sign, startProgram, type Program } from './support.ts';

const execute = promisify(execFile);
const folder = join(root, 'dist', 'documents');
const stories = readStories();

const nameOf = (text: string) => getOperationAST(parse(text))!.name!.value;

it('the settings of codegen do for a running server, too', async () => {
  const schema = printSchema(schemaOf(readConfig({})));
  const made = generate({ ...codegen, schema, documents: 'query Who { caller { subject } }', silent: true }, false);
  await expect(made).resolves.toContainEqual(
    expect.objectContaining({ content: expect.stringContaining('WhoQuery') as string }),
  );
});

describe('what codegen makes of the stories', () => {
  const path = join(folder, 'persisted-documents.json');
  let program: Program;
  let hashes: ReadonlyMap<string, string>;

  beforeAll(async () => {
    await execute(join(root, 'node_modules', '.bin', 'graphql-codegen'), ['--config', 'codegen.ts'], { cwd: root });
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    hashes = new Map(Object.entries(manifest).map(([hash, text]) => [nameOf(text), hash]));
    program = await startProgram({
      databaseUrl: inject('demoUrl'),
      environment: { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_ONLY: 'on', AUTH_UNRESTRICTED_CLAIM: 'internal' },
    });
  }, 120_000);
  afterAll(() => program.stop());

  async function codesOf({ as, variables }: Story, asked: object): Promise<readonly string[]> {
    const token = await sign(as.kind === 'unrestricted' ? { internal: true } : { org_ids: as.orgIds });
    const answer = await program.ask({ ...asked, variables }, { token });
    const { errors = [] } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
    return errors.map(({ extensions }) => extensions.code);
  }

  it('a server that trusts nothing else answers each of them by its hash', async () => {
    expect(hashes.size).toBe(stories.length);
    const refused: string[] = [];
    for (const story of stories) {
      const codes = await codesOf(story, { documentId: hashes.get(nameOf(story.query)) });
      if (codes.some((code) => /DOCUMENT|PERSISTED|GRAPHQL/.test(code))) refused.push(story.name);
    }
    expect(refused).toEqual([]);
    expect(await codesOf(stories[0]!, { query: '{ students { totalCount } }' })).toEqual(['DOCUMENT_NOT_TRUSTED']);
  });

  it('their types compile', async () => {
    const options = '--ignoreConfig --noEmit --strict --skipLibCheck --module preserve --target es2023 --types node';
    const compiler = join(root, 'node_modules', '.bin', 'tsc');
    await expect(execute(compiler, [...options.split(' '), join(folder, 'index.ts')])).resolves.toMatchObject({
      stdout: '',
    });
  });
});
