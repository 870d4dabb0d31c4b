/**
 * Do the rules' tests notice a broken view? Breaks each view in several ways, runs the tests of its rules against it, and
 * lists what nobody noticed. By hand: `npx tsx test/rules/mutants.ts`, or with the names of some views behind it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createVitest, type Vitest } from 'vitest/node';
import { viewNamed } from '../../schema/views/index.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { root } from '../../src/root.ts';
import { type Breakage, breakages, scopeBreakages, sharedBreakages } from './support/breakages.ts';

interface Mutant {
  readonly view: string;
  readonly breakage: Breakage;
  readonly sql: string;
  /** The tests that should notice, the likeliest first: a file, and which of its tests. */
  readonly tests: readonly { readonly file: string; readonly of?: string }[];
}

const schema = 'analytics_production';

async function mutantsOf(view: string): Promise<Mutant[]> {
  const shared = sharedBreakages[view];
  const sql = await readFile(join(root, 'src/database/views', shared ? 'shared' : '.', `${view}.sql`), 'utf8');
  if (shared) {
    const tests = shared.views.map((file) => ({ file }));
    return shared.breakages.map((breakage) => ({
      view,
      breakage,
      sql: replaceShared(broken(sql, breakage, view)),
      tests,
    }));
  }
  const own = { file: view };
  const common = [{ file: 'common' }, { file: 'cross' }];
  const isScoped = viewNamed(view).scope === 'rows';
  const scope = isScoped ? [{ file: 'scope', of: view }] : [];
  const filters: Breakage[] = isScoped ? filterBreakages(sql) : [];
  return [
    ...breakages[view]!.map((breakage) => ({ breakage, tests: [own, ...scope, ...common] })),
    ...[...(isScoped ? scopeBreakages : []), ...filters].map((breakage) => ({
      breakage,
      tests: [...scope, ...common],
    })),
  ].map(({ breakage, tests }) => ({
    view,
    breakage,
    tests,
    sql: `drop view ${view};\n${broken(sql, breakage, view)}`,
  }));
}

/** The filter of the rows opened to all, and to whoever belongs anywhere: the pieces stand several times in some views. */
function filterBreakages(sql: string): Breakage[] {
  const limit = '(select is_unrestricted from caller_scope)\n';
  // Those who are without a limit are read apart: that view's own breakages know the places.
  if (sql.split(limit).length > 2) return [];
  const from = sql.slice(sql.indexOf(limit));
  const exists = /exists \(\s+select\s+from memberships_in_scope m/.exec(from)?.[0] ?? '';
  return [
    [limit, 'true\n'],
    [limit, 'false\n'],
    [exists, exists.replace('memberships_in_scope', 'current_memberships')],
  ];
}

function broken(sql: string, [from, to, where]: Breakage, view: string): string {
  const places = sql.split(from).length - 1;
  if (where === 'everywhere' && places > 1) return sql.replaceAll(from, () => to);
  if (from === '' || places !== 1) throw new Error(`${view}.sql has this ${places} times, not once: ${from}`);
  return sql.replace(from, () => to);
}

function replaceShared(sql: string): string {
  const replaced = sql.replace('create view', 'create or replace view');
  return `set search_path = ${schema}_source;\n${replaced};\nset search_path = ${schema}, ${schema}_source;`;
}

/** The test that noticed; none if nobody did. */
async function noticed(vitest: Vitest, { tests }: Mutant): Promise<string | undefined> {
  for (const { file, of } of tests) {
    if (of) vitest.setGlobalTestNamePattern(new RegExp(`^${of} `));
    else vitest.resetGlobalTestNamePattern();
    const specifications = await vitest.globTestSpecifications([join(root, 'test/rules', `${file}.test.ts`)]);
    const { testModules } = await vitest.runTestSpecifications(specifications);
    // Those of earlier runs are in there as well.
    for (const module of testModules.filter(({ moduleId }) => moduleId.endsWith(`/${file}.test.ts`))) {
      const errors = module.errors();
      if (errors.length > 0) throw new Error(`${file}.test.ts did not run: ${errors[0]?.message}`);
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        // A busy machine notices nothing.
        const isLate = errors.some(({ message }) => message.includes('timed out'));
        if (state === 'failed' && !isLate) return test.fullName;
      }
    }
  }
  return undefined;
}

const wanted = process.argv.slice(2);
const names = [...Object.keys(breakages), ...Object.keys(sharedBreakages)];
const mutants: Mutant[] = [];
for (const name of wanted.length > 0 ? wanted : names) mutants.push(...(await mutantsOf(name)));

const folder = await mkdtemp(join(tmpdir(), 'timeback-mutants-'));
const server = await startEmbedded({ folder, isDurable: false });
const file = join(folder, 'mutant.sql');
process.env['RULES_MUTANT'] = file;
process.env['TEST_DATABASE_URL'] = server.url;

const trial = new pg.Client({ connectionString: server.url });
await trial.connect();
await installReferenceDatabase(trial, { schema, data: 'none' });
const vitest = await createVitest('test', { root, watch: false, bail: 1, reporters: [{}] });
await vitest.standalone();

const survivors: Mutant[] = [];
const table = new Map<string, { tried: number; noticed: number }>();
for (const mutant of mutants) {
  await trial.query(`begin; set local search_path = ${schema}, ${schema}_source`);
  // Whatever PostgreSQL refuses has not been noticed by a test.
  await trial.query(mutant.sql).catch((error: unknown) => {
    throw new Error(`${mutant.view} cannot be broken by ${JSON.stringify(mutant.breakage)}`, { cause: error });
  });
  await trial.query('rollback');
  await writeFile(file, mutant.sql);
  const by = await noticed(vitest, mutant);
  const counts = table.get(mutant.view) ?? { tried: 0, noticed: 0 };
  table.set(mutant.view, { tried: counts.tried + 1, noticed: counts.noticed + (by ? 1 : 0) });
  console.log(`${by ? 'noticed ' : 'SURVIVED'} ${mutant.view} ${JSON.stringify(mutant.breakage)} ${by ?? ''}`);
  if (!by) survivors.push(mutant);
}

console.table(Object.fromEntries(table));
console.log(`${mutants.length - survivors.length} of ${mutants.length} noticed`);
for (const { view, breakage } of survivors) console.log(`SURVIVED ${view} ${JSON.stringify(breakage)}`);

await vitest.close();
await trial.end();
await server.stop();
await rm(folder, { recursive: true });
process.exitCode = survivors.length === 0 ? 0 : 1;
