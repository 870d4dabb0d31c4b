import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices } from '@theguild/federation-composition';
import { validate as validateDockerfile } from 'dockerfile-utils';
import { isExecutableDefinitionNode, parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { printSubgraph } from '../../schema/federation.ts';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import { run } from '../../src/commands/run.ts';
import { readConfig } from '../../src/config.ts';
import { variableNames } from '../../src/config/variables.ts';
import { analyst, guide, leader } from '../../src/database/data/callers.ts';
import { root } from '../../src/root.ts';
import { commandsOf, readBlocks, type Block } from '../support/blocks.ts';
import { createDatabase } from '../support/database.ts';
import { manifests } from '../support/manifests.ts';
import { publicKey, sign, startProgram, type Program } from './support.ts';

const execute = promisify(execFile);
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true }).map((name) => `docs/${name}`),
];
const blocks = pages.filter((page) => page.endsWith('.md')).flatMap(readBlocks);
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** `outsideClient.test.ts` makes a client of this page, which is more than could be done with its blocks here. */
const clientsPage = 'docs/clients.md';

let program: Program;
const typed = mkdtempSync(join(root, 'node_modules', '.docs-'));
beforeAll(async () => {
  program = await startProgram({
    databaseUrl: inject('demoUrl'),
    environment: { INTROSPECTION: 'on', AUTH_UNRESTRICTED_CLAIM: 'internal' },
  });
});
afterAll(async () => {
  rmSync(typed, { recursive: true });
  await program.stop();
});

const people = { leader, guide, analyst };

/** The claims of the demo caller that a comment names, `# as: guide`; else of the district leader. */
function claimsOf(text: string): Record<string, unknown> {
  const name = (/^# as: (\w+)$/m.exec(text)?.[1] ?? 'leader') as keyof typeof people;
  const { subject, orgIds } = people[name];
  return { sub: subject, ...(orgIds === 'unrestricted' ? { internal: true } : { org_ids: orgIds }) };
}

async function ask(query: string): Promise<unknown> {
  const variables = Object.fromEntries(
    Array.from(query.matchAll(/^# \$(\w+): (.+)$/gm), ([, name, text]) => [name, JSON.parse(text!) as unknown]),
  );
  const answer = await program.ask({ query, variables }, { token: await sign(claimsOf(query)) });
  return answer.json();
}

/** A question with the answer that stands below it, or the schema of a neighbour, which has to compose with ours. */
async function runGraphql(block: Block): Promise<void> {
  const { definitions } = parse(block.text);
  if (!definitions.every(isExecutableDefinitionNode)) {
    const services = domains.map((name) => ({
      name,
      typeDefs: parse(printSubgraph(createSubgraph(name))),
    }));
    const { errors } = composeServices([...services, { name: 'neighbour', typeDefs: parse(block.text) }]);
    expect(errors).toBeUndefined();
    return;
  }
  const answer = await ask(block.text);
  const next = blocks[blocks.indexOf(block) + 1];
  if (next?.language === 'json' && next.file === block.file) expect(answer).toEqual(JSON.parse(next.text));
  else expect(answer).not.toHaveProperty('errors');
}

async function runTypescript({ file, line, text }: Block): Promise<void> {
  const name = `${file.replaceAll(/\W/g, '_')}_${line}.ts`;
  writeFileSync(join(typed, name), text);
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const options = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node';
  const compiled = execute(compiler, [...options.split(' '), join(typed, name)]);
  const complaints = await compiled.then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
  expect(complaints).toBe('');
}

async function runYaml({ text }: Block): Promise<void> {
  const document = parseYaml(text) as { kind?: string; groups?: unknown };
  const { kind = document.groups ? 'alerts' : 'rover' } = document;
  const schema = manifests[kind as keyof typeof manifests];
  if (!schema) throw new Error(`Nobody knows a manifest of the kind ${kind}.`);
  schema.parse(document);
}

/** In a transaction that is rolled back, on a database that has what it speaks of. */
async function runSql({ text }: Block): Promise<void> {
  const { url, drop } = await createDatabase(undefined, { template: inject('demoTemplate') });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; ${text}; rollback`);
  await client.end();
  await drop();
}

async function runIni({ text }: Block): Promise<void> {
  const settings = new Set(['pool_mode', 'max_prepared_statements']);
  for (const line of text.trim().split('\n')) {
    if (!/^\[\w+\]$/.test(line)) expect(settings).toContain(/^(\w+) = \w+$/.exec(line)?.[1]);
  }
}

async function runDockerfile({ text }: Block): Promise<void> {
  expect(validateDockerfile(text).map(({ message }) => message)).toEqual([]);
}

const production = {
  DATABASE_URL: 'postgresql://reader@db.example.org/analytics',
  AUTH_PUBLIC_KEY: publicKey,
  AUTH_ISSUER: 'https://login.example.org/',
  AUTH_AUDIENCE: 'timeback-graph',
};

/**
 * Our own commands are run, or brought as far as they get without what they would start; of others, what they name exists. No shell
 * finds ours without npx.
 */
const commands: readonly (readonly [
  RegExp,
  (words: RegExpExecArray, environment: Record<string, string>) => unknown,
])[] = [
  [/^$/, (_, environment) => readConfig({ ...production, ...environment })],
  [/^npm start$/, (_, environment) => readConfig(environment)],
  // What `.ci/run` does with the repository as it is.
  [/^npm ci && npm (?:run )?(start|test|build)$/, ([, script]) => expect(packageJson.scripts).toHaveProperty(script!)],
  [/^npm run ([\w:]+)$/, ([, script]) => expect(packageJson.scripts).toHaveProperty([script!])],
  [
    /^npx timeback-graph check$/,
    async () => expect(await printedBy(['check', '--url', inject('demoUrl')])).toMatch(/as the catalogue says/),
  ],
  [/^npx timeback-graph (sdl.*?)(?: > \S+)?$/, async ([, args]) => parse(await printedBy(args!.split(' ')))],
  [
    /^npx timeback-graph ([\w ]*--help)$/,
    async ([, args]) => expect(await printedBy(args!.split(' '))).toMatch(/^Usage/),
  ],
  // The flags are good if the next thing that is missing is an issuer.
  [
    /^npx timeback-graph (serve.*)$/,
    ([, args]) =>
      expect(run(args!.split(' '), { DATABASE_URL: production.DATABASE_URL })).rejects.toThrow(/^AUTH_JWKS_URL/),
  ],
  [
    /^node (?:--max-semi-space-size=\d+ --no-allocation-site-pretenuring )?(?:--import \.\/dist\/(\S+)\.js )?dist\/(\S+)\.js(?: serve)?$/,
    ([, ...files]) => eachExists(files.map((file) => file && `${file}.ts`)),
  ],
  [/^npx tsx (\S+)$/, ([, file]) => eachExists([file])],
  [/^docker compose --file (\S+) up --build$/, ([, file]) => eachExists([file])],
  [/^rover supergraph compose --config supergraph\.yaml > supergraph\.graphql$/, () => undefined],
];

function eachExists(files: readonly (string | undefined)[]): void {
  for (const file of files) if (file !== undefined) expect(existsSync(join(root, file))).toBe(true);
}

async function printedBy(args: readonly string[]): Promise<string> {
  const written: string[] = [];
  const standard = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    await run(args, {});
  } finally {
    standard.mockRestore();
  }
  return written.join('');
}

async function runCommands(block: Block): Promise<void> {
  for (const line of commandsOf(block)) {
    const [, assignments = '', command = ''] = /^((?:[A-Z_]+=\S+\s*)*)(.*)$/.exec(line)!;
    const environment = Object.fromEntries(
      Array.from(assignments.matchAll(/([A-Z_]+)=(\S+)/g), ([, name, value]) => [name!, value!] as const),
    );
    const known = Object.keys(environment).filter((name) => !variableNames.includes(name as never));
    expect(known).toEqual([]);
    const [pattern, runner] = commands.find(([one]) => one.test(command)) ?? [];
    if (!pattern || !runner) throw new Error(`Nobody knows how to try: ${command}`);
    await runner(pattern.exec(command)!, environment);
  }
}

const runners: Readonly<Record<string, (block: Block) => Promise<void>>> = {
  graphql: runGraphql,
  json: async ({ text }) => expect(() => JSON.parse(text) as unknown).not.toThrow(),
  ts: runTypescript,
  yaml: runYaml,
  sql: runSql,
  ini: runIni,
  dockerfile: runDockerfile,
  sh: runCommands,
};

describe.each(pages.filter((page) => page !== clientsPage && page.endsWith('.md')))('%s', (page) => {
  const own = blocks.filter(({ file }) => file === page);

  it.each(own.map((block) => [block.line, block.language, block] as const))(
    'line %i: %s',
    async (_, language, block) => {
      expect(Object.keys(runners)).toContain(language);
      await runners[language]!(block);
    },
  );

  it('leads to pages and places that exist', () => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = Array.from(text.matchAll(/\]\(([^)]+)\)/g), ([, link]) => link!).filter(
      (link) => !link.includes(':'),
    );
    expect(links.filter((link) => !existsSync(join(root, page, '..', link.split('#')[0]!)))).toEqual([]);
    const named = text.match(/`(?:src|schema|resolvers|loaders|test|docs|examples|bench)\/[\w./-]*`/g) ?? [];
    expect(named.filter((name) => !existsSync(join(root, name.slice(1, -1))))).toEqual([]);
  });
});

it('the page for operators names indexes as the reference database has them', () => {
  const named = blocks
    .filter(({ file, language }) => file === 'docs/operations.md' && language === 'sql')
    .flatMap(({ text }) => text.match(/^create index.*|unique \(.*(?=;)/gm) ?? []);
  expect(named.length).toBeGreaterThan(4);
  const tables = readFileSync(join(root, 'src', 'database', 'tables.sql'), 'utf8');
  expect(named.filter((index) => !tables.includes(index))).toEqual([]);
});

it('the page for operators has every variable, with the default that it has', () => {
  const text = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const section = text.split('## Settings\n')[1]!.split('\n## ')[0]!;
  const told = new Set(section.match(/`[A-Z][A-Z_]+`/g)?.map((name) => name.slice(1, -1)));
  expect(variableNames.filter((name) => !told.has(name))).toEqual([]);
  const { limits, bodyBytes, requestMs, admission, shutdownGraceMs, federation, auth, database } = readConfig({});
  const { isEnforced: _, tokens, depth, aliases, rootFields, directives, fields, repeats } = limits;
  const { page, nodes, cost, values, conditions } = limits;
  for (const defaults of [
    [tokens, depth, aliases, rootFields, directives, fields, repeats],
    [page, nodes, cost, values, federation.representations],
    [conditions],
    [bodyBytes, requestMs],
    [admission.concurrency, admission.perCaller, admission.queue, admission.queueMs],
    [shutdownGraceMs],
    [auth.maxAgeSeconds, auth.clockToleranceSeconds, auth.maxOrgs],
    [database.poolSize, database.poolWaitMs],
  ]) {
    expect(section).toContain(`| ${defaults.join(', ')} |`);
  }
});
