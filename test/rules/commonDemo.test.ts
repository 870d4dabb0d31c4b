import { expect, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { demoReference } from './support/reference.ts';

const { read, query } = demoReference();

const columnsOf = (kind: string) =>
  views.flatMap(({ name, columns }) =>
    Object.keys(columns)
      .filter((column) => columns[column]!.kind === kind)
      .map((column) => ({ view: name, column })),
  );
const unscoped = views.filter((view) => !view.columns['org_ids']).map((view) => view.name);

it.each(views.filter((view) => view.grain.length > 0))(
  'all-1 the grain of $name is unique',
  async ({ name, grain }) => {
    const [row] = await read(name, {
      columns: ['count(*) as rows', `count(distinct (${grain.join(', ')})) as grains`],
    });
    expect(row!['rows']).toBeGreaterThan(0);
    expect(row!['rows']).toBe(row!['grains']);
  },
);

it.each(columnsOf('date'))('all-2 $view.$column is the same in every time zone', async ({ view, column }) => {
  const days = async (zone: string) => {
    await query(`set local timezone = '${zone}'`);
    return read(view, {
      columns: [`md5(string_agg(${column}::text, ',' order by ${column}))`, `count(${column})`],
    });
  };
  const utc = await days('UTC');
  expect(utc[0]!['count']).toBeGreaterThan(0);
  expect(await days('Pacific/Auckland')).toEqual(utc);
  expect(await days('America/Los_Angeles')).toEqual(utc);
  await query("set local timezone = 'UTC'");
});

it.each(columnsOf('ids'))(
  'all-4 $view.$column is never null, distinct, ascending and without nulls',
  async ({ view, column }) => {
    const tidy = `array(select distinct e from unnest(${column}) e where e is not null order by e)`;
    const [found] = await read(view, {
      columns: [
        `count(*) filter (where cardinality(${column}) > 0) as filled`,
        `count(*) filter (where ${column} is distinct from ${tidy}) as untidy`,
      ],
    });
    expect(found).toMatchObject({ untidy: 0 });
    expect(found!['filled']).toBeGreaterThan(0);
  },
);

it.each(views)('all-5 $name holds no null where the catalogue promises a value', async ({ name, columns }) => {
  const promised = Object.keys(columns).filter((column) => !columns[column]!.isNullable);
  const [row] = await read(name, {
    columns: ['count(*)', ...promised.map((column) => `count("${column}") as "${column}"`)],
  });
  const { count, ...counts } = row!;
  expect(count).toBeGreaterThan(0);
  expect(counts).toEqual(Object.fromEntries(promised.map((column) => [column, count])));
});

it.each(unscoped)('all-9 %s shows everybody the same', async (view) => {
  const columns = ['count(*)', "md5(string_agg(t::text, ',' order by t::text))"];
  const all = await read(`${view} t`, { as: '*', columns });
  expect(all[0]!['count']).toBeGreaterThan(0);
  expect(await read(`${view} t`, { as: '', columns })).toEqual(all);
});
