import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { root } from '../../src/root.ts';
import { personRows } from './support/personRows.ts';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

const scoped = views.filter((view) => view.columns['org_ids']).map((view) => view.name);

const readers = (shared: string) =>
  scoped.filter((view) =>
    readFileSync(join(root, 'src/database/views', `${view}.sql`), 'utf8').includes(`from ${shared}`),
  );

/** The largest views find the rows of few people in one way, and those of many in another; some, those of most in a third. */
const among = [
  ...scoped.map((view) => [view, 'few'] as const),
  ...readers('people_if_few').map((view) => [view, 'many'] as const),
  ...readers('scope_width').map((view) => [view, 'most'] as const),
];

/** A person with one row in the view and, so far, no organisation. */
async function person(view: string): Promise<string> {
  const id = await add.user();
  await personRows[view]!(add, id);
  return id;
}

/** An organisation with somebody else in it, who has no row in any view: to have it in scope is not to have nobody in scope. */
async function organization(row: { type?: string; parent_id?: string; status?: string } = {}): Promise<string> {
  const org_id = await add.organization(row);
  await add.role({ user_id: await add.user(), org_id, role: 'aide' });
  return org_id;
}

/** Whoever has it in scope sees many people, though none of them has a row. */
async function crowdedOrganization(): Promise<string> {
  const org_id = await add.organization();
  await query(
    `insert into one_roster_role (user_id, org_id, role, role_type)
     select $1, $2, 'aide', 'primary'
     from generate_series(1, 501)`,
    [await add.user(), org_id],
  );
  return org_id;
}

/** So many more, without anybody. */
async function organizations(count: number): Promise<string[]> {
  const rows = await query(
    `insert into one_roster_organization (name, type)
     select 'Nobody’s', 'school'
     from generate_series(1, $1)
     returning id`,
    [count],
  );
  return rows.map(({ id }) => String(id));
}

async function inDays(days: number): Promise<string> {
  const [row] = await query("select (now() at time zone 'UTC')::date + $1::int as day", [days]);
  return String(row!['day']);
}

it('scope-0 twenty views filter themselves, and each has a row to try it on', () => {
  expect(scoped).toHaveLength(20);
  expect(Object.keys(personRows).toSorted()).toEqual(scoped.toSorted());
  expect(views.filter((view) => view.scope === 'rows').map((view) => view.name)).toEqual(scoped);
});

it('scope-0 few people in scope are named, of many it is only known that they are', async () => {
  const school = await add.organization();
  const ada = await add.studentAt(school);
  expect(await read('people_if_few', { as: [school] })).toEqual([{ ids: [ada] }]);
  expect(await read('people_if_few', { as: [await add.organization()] })).toEqual([{ ids: [] }]);
  expect(await read('people_if_few', { as: [school, await crowdedOrganization()] })).toEqual([{ ids: null }]);
  expect(await read('people_if_few', { as: '*' })).toEqual([{ ids: null }]);
});

it('scope-0 a scope is wide that holds more than 50 organisations and more than a quarter of all', async () => {
  const orgs = await organizations(51);
  const widthOf = async (as: string | readonly string[]) => (await readOne('scope_width', { as }))['is_wide'];
  expect(await widthOf(orgs)).toBe(true);
  expect(await widthOf(orgs.slice(1))).toBe(false);
  expect(await widthOf('')).toBe(false);
  expect(await widthOf('*')).toBe(false);
  await organizations(152);
  expect(await widthOf(orgs)).toBe(true);
  await organizations(1);
  expect(await widthOf(orgs)).toBe(false);
});

describe.each(among)('%s among %s', (view, people) => {
  let crowd: string[] = [];
  const orgIds = async (as?: string | readonly string[]) => {
    const reading = typeof as === 'object' && as.length > 0 ? [...as, ...crowd] : as;
    const rows = await read(view, { columns: ['org_ids'], ...(reading !== undefined && { as: reading }) });
    return rows.map((row) => row['org_ids']);
  };

  beforeEach(async () => {
    crowd = people === 'few' ? [] : [await crowdedOrganization()];
    if (people === 'most') crowd.push(...(await organizations(51)));
  });

  it('scope-1 without the setting no rows', async () => {
    const school = await organization();
    await add.role({ user_id: await person(view), org_id: school });
    expect(await query("select current_setting('app.allowed_org_ids', true) as setting")).toEqual([{ setting: null }]);
    expect(await orgIds('unset')).toEqual([]);
    expect((await orgIds('*')).length).toBeGreaterThan(0);
  });

  it('scope-2 with an empty setting no rows and no error', async () => {
    await add.role({ user_id: await person(view), org_id: await organization() });
    expect(await orgIds('')).toEqual([]);
    expect(await orgIds('{}')).toEqual([]);
  });

  it('scope-3 a row needs an organisation in common', async () => {
    const [own, other] = [await organization(), await organization()];
    const id = await person(view);
    await person(view);
    expect(await orgIds([own])).toEqual([]);
    await add.role({ user_id: id, org_id: own, role: 'aide' });
    expect(await orgIds([own])).toEqual([[own]]);
    expect(await orgIds([other])).toEqual([]);
    expect(await orgIds(['99999999-9999-4999-8999-999999999999'])).toEqual([]);
    expect(await orgIds([other, own])).toEqual([[own]]);
  });

  it('scope-4 org_ids is the intersection, ascending', async () => {
    const orgs = [await organization(), await organization(), await organization()].toSorted();
    const elsewhere = await organization();
    const id = await person(view);
    for (const org_id of orgs.toReversed()) await add.role({ user_id: id, org_id, role: 'aide' });
    expect(await orgIds([orgs[2]!, orgs[0]!, elsewhere])).toEqual([[orgs[0], orgs[2]]]);
    expect(await orgIds(orgs)).toEqual([orgs]);
  });

  it('scope-5 an enrollment opens nothing', async () => {
    const school = await organization();
    const class_id = await add.class({ school_id: school });
    await add.enrollment({ user_id: await person(view), class_id });
    expect(await orgIds([school])).toEqual([]);
  });

  it('scope-6 ended, inactive and soft-deleted roles open nothing', async () => {
    const orgs: string[] = [];
    const id = await person(view);
    const role = async (row: object) => {
      const org_id = await organization();
      orgs.push(org_id);
      await add.role({ user_id: id, org_id, role: 'aide', ...row });
      return org_id;
    };
    await role({ end_date: '2020-06-12' });
    await role({ end_date: await inDays(0) });
    await role({ status: 'inactive' });
    await role({ status: 'inactive', end_date: await inDays(100) });
    await role({ status: 'tobedeleted' });
    expect(await orgIds(orgs)).toEqual([]);

    const current = [await role({ end_date: await inDays(1) }), await role({ begin_date: await inDays(7) })];
    // Days are those of UTC: in one of the two it is another day at any hour.
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'Etc/GMT+12']) {
      await query(`set local timezone = '${zone}'`);
      expect(await orgIds(orgs)).toEqual([current.toSorted()]);
    }
  });

  it('scope-7 a role of any kind at an organisation of any type counts', async () => {
    const id = await person(view);
    const orgs = [];
    for (const [role, type, role_type] of [
      ['student', 'district', 'primary'],
      ['teacher', 'school', 'secondary'],
      ['guardian', 'department', 'secondary'],
    ] as const) {
      // Organisations that are not active themselves still have members.
      const org_id = await organization({ type, status: 'inactive' });
      orgs.push(org_id);
      if (role !== 'student' || !rowsByRole.has(view)) await add.role({ user_id: id, org_id, role, role_type });
    }
    const mine = rowsByRole.has(view) ? orgs.slice(1) : orgs;
    for (const org of mine) expect(await orgIds([org])).toEqual([[org]]);
  });

  it('scope-8 neither a parent organisation nor a child opens anything', async () => {
    const district = await organization({ type: 'district' });
    const school = await organization({ parent_id: district });
    const annex = await organization({ parent_id: school });
    await add.role({ user_id: await person(view), org_id: school, role: 'aide' });
    expect(await orgIds([district])).toEqual([]);
    expect(await orgIds([annex])).toEqual([]);
    expect(await orgIds([district, school, annex])).toEqual([[school]]);
  });

  it('scope-9 without a limit every row, also of people without an organisation', async () => {
    expect(await orgIds('*')).toEqual([]);
    const id = await person(view);
    await person(view);
    expect(await orgIds('*')).toEqual([[], []]);
    const orgs = [await organization(), await organization()].toSorted();
    for (const org_id of orgs.toReversed()) await add.role({ user_id: id, org_id, role: 'aide' });
    expect(await orgIds('*')).toEqual([orgs, []]);
  });

  it('scope-10 an organisation is named once, however many roles lead there', async () => {
    const school = await organization();
    const id = await person(view);
    for (const role of ['aide', 'aide', 'guardian']) await add.role({ user_id: id, org_id: school, role });
    expect(await orgIds([school])).toEqual([[school]]);
    expect(await orgIds('*')).toEqual([[school]]);
  });
});

/** Views in which a further student role is a further row. */
const rowsByRole = new Set(['students_enrollments', 'student_schools']);

it('scope-11 a session without a person is for callers without a limit only', async () => {
  const school = await add.organization();
  const ada = await add.studentAt(school);
  const [nobodys, hers] = [await add.session(), await add.session({ user_id: ada })];
  const sessions = (as: string | readonly string[]) => read('sessions', { as, columns: ['id', 'org_ids'] });
  expect(await sessions('unset')).toEqual([]);
  expect(await sessions([])).toEqual([]);
  expect(await sessions([school])).toEqual([{ id: hers, org_ids: [school] }]);
  expect(await sessions('*')).toEqual([
    { id: nobodys, org_ids: [] },
    { id: hers, org_ids: [school] },
  ]);
});

it('scope-12 the arrays of a person are equal in all views', async () => {
  const orgs = [await add.organization(), await add.organization(), await add.organization()].toSorted();
  const id = await add.user();
  for (const view of scoped) await personRows[view]!(add, id);
  for (const org_id of orgs) await add.role({ user_id: id, org_id, role: 'aide' });
  for (const as of ['*', orgs.slice(1), orgs.slice(0, 1)]) {
    const expected = as === '*' ? orgs : as;
    for (const view of scoped) {
      // Some of the sessions that the other rows lie in are of nobody.
      const hers = view === 'sessions' ? 'sessions where student_id is not null' : view;
      const rows = await read(hers, { as, columns: ['org_ids'] });
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map((row) => String(row['org_ids'])))).toEqual(new Set([String(expected)]));
    }
  }
});

describe('the setting', () => {
  it('scope-3 is a list, with or without braces', async () => {
    const [cedar, birch] = [await add.organization(), await add.organization()].toSorted() as [string, string];
    const ada = await add.studentAt(cedar, birch);
    for (const as of [
      `${cedar},${birch}`,
      `{${cedar},${birch}}`,
      `${cedar}, ${birch}`,
      `{${birch},${cedar},${birch}}`,
    ]) {
      expect(await readOne('students', { as })).toMatchObject({ id: ada, org_ids: [cedar, birch] });
    }
  });

  it.each(['*,99999999-9999-4999-8999-999999999999', '{*}', 'all', '**', '99999999'])(
    'scope-9 lifts no limit when it reads %j',
    async (as) => {
      await add.studentAt(await add.organization());
      await expect(read('students', { as, columns: ['id'] })).rejects.toThrow('invalid input syntax for type uuid');
    },
  );
});
