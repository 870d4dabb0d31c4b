import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  isObjectType,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from 'graphql';
import type { Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import codegen from '../../examples/dashboard/codegen.ts';
import * as documents from '../../examples/dashboard/src/graph/documents/graphql.ts';
import { keyless } from '../../examples/dashboard/src/graph/keyless.ts';
import { schemaOf } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import * as people from '../../src/database/data/callers.ts';
import { organizations, students } from '../../src/database/data/landmarks.ts';
import { root } from '../../src/root.ts';
import { signedCallers } from '../program/graphiqlPages.ts';
import { now, sign, startProgram, type Program } from '../program/support.ts';
import { noBrowser, startBrowser, type Look, type TestBrowser, type Visit } from '../support/browser.ts';
import { createDatabase, runOn } from '../support/database.ts';

interface Sent {
  readonly operationName: string;
  readonly variables: Record<string, unknown>;
}

const folder = join(root, 'examples', 'dashboard');
const juniper = `/schools/${organizations.juniper}`;
const maya = `${juniper}/students/${students.maya}`;
const leader = { org_ids: people.leader.orgIds };

it.each([
  ['the file of the schema', codegen.schema!],
  ['a running server', printSchema(schemaOf(readConfig({})))],
])('its documents are those that codegen makes of its sources and %s', async (_, schema) => {
  // Brings along half of npm; the pages need not wait for it.
  const { generate } = await import('@graphql-codegen/cli');
  vi.spyOn(process, 'cwd').mockReturnValue(root);
  const made: unknown = await generate({ ...codegen, schema, silent: true }, false);
  const files = made as { filename: string; content: string }[];
  expect(files.length).toBeGreaterThan(1);
  for (const { filename, content } of files) expect(readFileSync(join(root, filename), 'utf8')).toBe(content);
});

it('tells its cache of every type without an id that it asks for', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema/sdl/api.graphql'), 'utf8'));
  const types = new TypeInfo(schema);
  const met = new Set<string>();
  const look = () => {
    const type = getNamedType(types.getType());
    if (isObjectType(type) && !type.getFields()['id'] && type !== schema.getQueryType()) met.add(type.name);
  };
  for (const document of Object.values(documents))
    if (typeof document === 'object') visit(document as DocumentNode, visitWithTypeInfo(types, { Field: look }));
  expect([...met].sort()).toEqual([...keyless].sort());
});

describe.skipIf(noBrowser)('the dashboard in a browser', () => {
  let program: Program;
  let pages: PreviewServer;
  let browser: TestBrowser;
  let url = '';
  let built = '';

  beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), 'timeback-dashboard-'));
    program = await startGraph();
    [browser] = await Promise.all([startBrowser(), buildPages(built)]);
    ({ pages, url } = await startPages(built, program.url));
  });
  afterAll(async () => {
    await browser.close();
    await pages.close();
    await program.stop();
    rmSync(built, { recursive: true });
  });

  async function open(path: string, look?: Look): Promise<Visit> {
    const visit = await browser.open(`${url}${path}`, look);
    onTestFinished(() => visit.close());
    // Says what it waited for, before the test as a whole is out of time.
    visit.page.setDefaultTimeout(10_000);
    return visit;
  }

  async function openAs(claims: Record<string, unknown>, path: string, look?: Look): Promise<Visit> {
    const visit = await open(path, look);
    await enter(visit, await sign(claims));
    return visit;
  }

  it('asks who is there, and refuses what is no token', async () => {
    const { page } = await open('/');
    await page.getByLabel('A token').fill('Bearer of bad news');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await soon(() => page.getByRole('alert').textContent()).toContain('does not take this token');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('says who can help where the organisations of a token cannot be used', async () => {
    const { page } = await open('/');
    await page.getByLabel('A token').fill(await sign({ org_ids: 'all of them' }));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await soon(() => page.getByRole('alert').textContent()).toContain('Ask whoever issued it');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('lets one be a demo caller where the server offers some', async () => {
    const { page } = await open(juniper);
    const { name } = people.guide;
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { level: 1, name: 'Juniper Elementary School' }).waitFor();
    expect(await page.getByRole('banner').textContent()).toContain(name);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('shows the schools of the caller, and those that are searched', async () => {
    const { page } = await openAs(leader, '/');
    await page.getByRole('heading', { name: '7 schools' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search schools' }).fill('juniper');
    await page.getByRole('heading', { name: '2 schools' }).waitFor();
    await page.getByRole('link', { name: 'Juniper Elementary School', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Juniper Elementary School' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(juniper);
    expect(await page.title()).toBe('Juniper Elementary School – TimeBack');
  });

  it('lists students by pages and by name, and keeps names out of addresses', async () => {
    const asked: string[] = [];
    const { page } = await openAs(leader, juniper);
    page.on('request', (request) => asked.push(request.url()));
    const names = page.getByRole('region', { name: 'Students' }).getByRole('rowheader');
    await soon(() => names.count()).toBe(20);
    const [first] = await names.allTextContents();
    await page.getByRole('button', { name: 'Next' }).click();
    await soon(async () => (await names.allTextContents())[0]).not.toBe(first);
    await page.getByRole('button', { name: 'Previous' }).click();
    await soon(async () => (await names.allTextContents())[0]).toBe(first);

    await page.getByRole('searchbox', { name: 'Search students' }).fill('maya whit');
    await soon(() => names.allTextContents()).toEqual(['Maya Whitfield']);
    await page.getByRole('link', { name: 'Maya Whitfield' }).click();
    await page.getByRole('heading', { level: 1, name: 'Maya Whitfield' }).waitFor();
    await page.goBack();
    await soon(() => names.allTextContents()).toEqual(['Maya Whitfield']);
    expect([...asked, page.url()].filter((address) => /whit/i.test(address))).toEqual([]);
  });

  it.each([4, 12])('draws each chart from data, over %i weeks', async (weeks) => {
    const { page, faults } = await openAs(leader, `${juniper}?weeks=${weeks}`);
    const part = (name: string) => page.getByRole('region', { name });
    const labels: (string | null)[] = [];
    for (const name of ['Time in apps', 'Mastery by week']) {
      await soon(() => part(name).getByRole('img').first().locator('rect').count()).toBeGreaterThan(weeks);
      const label = await part(name).getByRole('img').first().getAttribute('aria-label');
      labels.push(label);
      expect(label).toMatch(/: .*[1-9]/);
      await part(name).getByRole('button', { name: 'Table' }).click();
      expect(await part(name).getByRole('row').count()).toBeGreaterThan(weeks);
    }
    await soon(() => part('What time was wasted on').getByRole('row').count()).toBe(8);
    await soon(() => part('XP by app').getByRole('row').count()).toBe(6);
    const sums = part('These weeks').getByRole('definition');
    await soon(() => sums.count()).toBe(6);
    for (const text of await sums.allTextContents()) expect(text).toMatch(/^[1-9].*[+-]?[\d.]+(%| points)$/);
    const [hours] = /^[\d,]+ h/.exec((await sums.nth(1).textContent())!)!;
    expect(labels[0]).toContain(`, ${hours} in all.`);
    const lengths = await page.locator('.bars .length').evaluateAll((bars) => bars.map((bar) => bar.clientWidth));
    expect(lengths.filter((length) => length > 10).length).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });

  it('means the days of whoever looks', async () => {
    const asked = new Map<string, Record<string, unknown>>();
    const visit = await open('/', { timezoneId: 'Asia/Tokyo' });
    visit.page.on('request', (request) => {
      if (!request.url().endsWith('/graphql')) return;
      const { operationName, variables } = request.postDataJSON() as Sent;
      asked.set(operationName, variables);
    });
    await enter(visit, await sign(leader));
    await visit.page.goto(`${url}${juniper}`);
    await visit.page.getByRole('heading', { name: /^\d+ students$/ }).waitFor();
    await settled(visit.page);
    const midnight = expect.stringMatching(/T15:00:00\.000Z$/) as string;
    for (const name of ['WasteByType', 'MasteryByWeek', 'StudentsByName'])
      expect([name, asked.get(name)]).toEqual([name, expect.objectContaining({ since: midnight, until: midnight })]);
    for (const name of ['SchoolSums', 'SchoolActivity', 'MasteryByWeek'])
      expect([name, asked.get(name)]).toEqual([name, expect.objectContaining({ zone: 'Asia/Tokyo' })]);
    expect(visit.faults).toEqual([]);
  });

  it('lists those with the fewest points first, if asked', async () => {
    const { page } = await openAs(leader, juniper);
    const list = page.getByRole('region', { name: 'Students' });
    const points = async () => (await list.locator('td:last-child').allTextContents()).map(Number);
    await page.getByText('Fewest XP').click();
    await soon(async () => (await points())[0]).toBe(0);
    const fewest = await points();
    expect(fewest).toEqual(fewest.toSorted((a, b) => a - b));
    expect(new URL(page.url()).searchParams.get('order')).toBe('fewestXp');
  });

  /** A page, of a school unless said, over a database that has lost one of its views. */
  async function openWithout(view: string, path = juniper): Promise<Page> {
    const database = await createDatabase(undefined, { template: inject('demoTemplate') });
    const graph = await startGraph({ databaseUrl: database.url });
    const own = await startPages(built, graph.url);
    onTestFinished(async () => {
      await own.pages.close();
      await graph.stop();
      await database.drop();
    });
    await runOn(database.url, `drop view analytics_production.${view} cascade`);
    const visit = await browser.open(`${own.url}${path}`);
    onTestFinished(() => visit.close());
    await enter(visit, await sign(leader));
    return visit.page;
  }

  it('a view that fails costs its part, and nothing beside it', async () => {
    const page = await openWithout('waste_insights');
    const failed = page.getByRole('region', { name: 'What time was wasted on' }).getByRole('alert');
    await soon(() => failed.textContent()).toContain('not available at the moment');
    await page.getByRole('table', { name: 'XP by app' }).waitFor();
    await page.getByRole('heading', { name: /^\d+ students$/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  });

  it('does not take a list that could not be read for an empty one, also when one comes back to it', async () => {
    const page = await openWithout('students');
    const failed = page.getByRole('region', { name: 'Students', exact: true }).getByRole('alert');
    await soon(() => failed.count()).toBe(1);
    await page.getByRole('navigation').getByRole('link', { name: 'Schools' }).click();
    await page.getByRole('heading', { name: '7 schools' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Juniper Elementary School' }).waitFor();
    await soon(() => failed.count()).toBe(1);
    expect(await failed.textContent()).toContain('not available at the moment');
  });

  it('does not say of a student whose sessions cannot be read that there are none', async () => {
    const page = await openWithout('sessions', maya);
    await soon(() => page.getByRole('alert').count()).toBe(1);
    expect(await page.getByText('No sessions yet.').count()).toBe(0);
  });

  it('keeps what is searched, and the place of whoever types it, while the list cannot be read', async () => {
    const { page } = await openAs(leader, juniper);
    const box = page.getByRole('searchbox', { name: 'Search students' });
    await box.focus();
    const busy = { errors: [{ message: 'busy', extensions: { code: 'OVERLOADED' } }] };
    await answering(page, 'StudentsByName', () => busy);
    await page.keyboard.type('maya');
    await page.getByText('The graph is busy.').waitFor();
    await page.keyboard.type(' whit');
    expect(await box.inputValue()).toBe('maya whit');
    await page.unroute('**/graphql');
    await page.getByRole('heading', { name: '1 student' }).waitFor();
    expect(await box.inputValue()).toBe('maya whit');
  });

  it('does not ask a busy graph again at the same moment as everybody else', async () => {
    const { page } = await openAs(leader, '/');
    await page.addInitScript('Math.random = () => 0.999');
    const moments: number[] = [];
    await answering(page, 'School', () => {
      moments.push(Date.now());
      return { errors: [{ message: 'busy', extensions: { code: 'OVERLOADED' } }] };
    });
    await page.goto(`${url}${juniper}`);
    await soon(() => moments.length).toBe(2);
    expect(moments[1]! - moments[0]!).toBeGreaterThan(1_450);
  });

  it('keeps the focus where a button has nothing more to do', async () => {
    const { page } = await openAs(leader, juniper);
    const next = page.getByRole('button', { name: 'Next' });
    await next.focus();
    while ((await next.getAttribute('aria-disabled')) !== 'true') {
      await page.keyboard.press('Enter');
      await settled(page);
    }
    expect(await page.locator(':focus').textContent()).toContain('Next');
    const names = await page.getByRole('region', { name: 'Students' }).getByRole('rowheader').allTextContents();
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.getByRole('region', { name: 'Students' }).getByRole('rowheader').allTextContents()).toEqual(
      names,
    );

    const { page: out } = await open('/');
    await out.getByLabel('A token').fill('Bearer of bad news');
    await out.getByRole('button', { name: 'Sign in' }).focus();
    await out.keyboard.press('Enter');
    await out.getByRole('alert').waitFor();
    expect(await out.locator(':focus').textContent()).toBe('Sign in');
  });

  it('says aloud what a search, another day or a session has brought', async () => {
    const { page } = await openAs(leader, `${maya}?day=2026-11-14`);
    const spoken = page.locator('[aria-live=polite]');
    await page.getByRole('group', { name: 'Number Grove' }).waitFor();
    await soon(() => spoken.filter({ hasText: 'November 14' }).count()).toBe(1);
    // What comes with its words is not read out: the place has to be there before them.
    const before = await spoken.count();
    await page.getByRole('group', { name: 'Number Grove' }).getByRole('button').click();
    await page.getByRole('heading', { level: 3, name: 'Number Grove' }).waitFor();
    expect(await spoken.count()).toBe(before);
    expect(await spoken.filter({ hasText: 'Questions correct' }).count()).toBe(1);
  });

  it('says that it is waiting for the school itself', async () => {
    const visit = await open('/');
    await enter(visit, await sign(leader));
    await answering(visit.page, 'School', () => new Promise(() => undefined));
    await visit.page.goto(`${url}${juniper}`);
    const waiting = visit.page.getByRole('status', { name: 'Loading' });
    await waiting.waitFor();
    expect(await waiting.count()).toBe(1);
  });

  it('says where the last of the weeks is not over', async () => {
    const { page } = await openAs(leader, '/');
    await page.getByRole('heading', { name: '7 schools' }).waitFor();
    const words = page.getByText('The last of them is not over.');
    await page.clock.setFixedTime('2026-11-16T12:00:00Z');
    await page.goto(`${url}${juniper}`);
    await settled(page);
    expect(await words.count()).toBe(0);
    await page.clock.setFixedTime('2026-11-13T12:00:00Z');
    await page.goto(`${url}${juniper}`);
    await words.waitFor();
  });

  it('leaves no app out without a word, and gives no colour to two', async () => {
    const { page, faults } = await openAs(leader, '/');
    await page.getByRole('heading', { name: '7 schools' }).waitFor();
    await answering(page, 'XpByApp', (answer) => {
      const { groups } = (answer as { data: { studentsXp: { groups: Record<string, unknown> } } }).data.studentsXp;
      groups['totalCount'] = (groups['nodes'] as unknown[]).length + 3;
      const { summary } = (groups['nodes'] as { summary: object }[])[0]!;
      groups['others'] = { ...summary, __typename: 'StudentXpSummary' };
      return answer;
    });
    await answering(page, 'MasteryByWeek', (answer) => {
      const { groups } = (answer as { data: { studentsMastery: { groups: { nodes: MasteryNode[] } } } }).data
        .studentsMastery;
      groups.nodes = groups.nodes.map((node, index) => ({
        ...node,
        key: {
          ...node.key,
          learningApp: { ...node.key.learningApp, id: `app-${index % 9}`, name: `App ${index % 9}` },
        },
      }));
      return answer;
    });
    await page.goto(`${url}${juniper}?weeks=12`);
    await page.getByRole('table', { name: 'XP by app' }).getByRole('rowheader', { name: '3 others' }).waitFor();
    const legend = page.getByRole('region', { name: 'Mastery by week' }).getByRole('listitem');
    await soon(() => legend.count()).toBe(6);
    expect((await legend.allTextContents()).at(-1)).toBe('Other apps');
    expect(faults).toEqual([]);
  });

  it.each(['foo', '', '2026-13-01', '2026-02-31', '999999-01-01'])('takes %j in an address for no day', async (day) => {
    const { page, faults } = await openAs(leader, `${maya}?day=${day}`);
    await page.getByRole('heading', { level: 1, name: 'Maya Whitfield' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'November 14, 2026' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('offers nobody where a web server answers every address with the page', async () => {
    const { page, faults } = await open('/');
    await page.route('**/graphiql/callers', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('list', { name: 'Demo callers' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it.each([juniper, maya])('has room for names of sixty letters on a narrow screen: %s', async (path) => {
    const { page } = await openAs(leader, '/', { width: 320 });
    const name = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(2);
    for (const operation of ['School', 'Student'])
      await answering(page, operation, (answer) =>
        JSON.parse(
          JSON.stringify(answer).replaceAll(/Maya Whitfield|Juniper Elementary School|Samuel Adeyinka/g, name),
        ),
      );
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await settled(page);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
  });

  it('draws the same where the system chooses the colours, and on paper', async () => {
    const { page } = await openAs(leader, `${maya}?day=2026-11-14`, { colorScheme: 'dark' });
    await page.getByRole('group', { name: 'Number Grove' }).waitFor();
    await soon(() => page.locator('.strip button:enabled').count()).toBeGreaterThan(5);
    const backgrounds = () =>
      page.evaluate<string[]>(
        `['.session', '.strip button:enabled span', '.part'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)`,
      );
    await page.emulateMedia({ forcedColors: 'active' });
    const [session, day, part] = await backgrounds();
    expect([session, day]).not.toContain(part);
    await page.emulateMedia({ forcedColors: 'none', media: 'print', colorScheme: 'dark' });
    const printed = await page.evaluate(
      `[getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.querySelector('.session')).printColorAdjust]`,
    );
    expect(printed).toEqual(['rgb(29, 31, 32)', 'exact']);
    expect(await page.getByRole('button', { name: 'Earlier day' }).isVisible()).toBe(false);
  });

  it('shows the day of a student, walked with the keyboard', async () => {
    const { page, faults } = await openAs(leader, `${maya}?day=2026-11-14`);
    const session = page.getByRole('group', { name: 'Number Grove' }).getByRole('button');
    await session.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 3, name: 'Number Grove' }).waitFor();
    await page.getByText('Eyes left the screen').waitFor();
    await soon(() => page.getByRole('button', { name: /^Nov \d+: \d/ }).count()).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Earlier day' }).click();
    await soon(() => new URL(page.url()).searchParams.get('day')).toBe('2026-11-12');
    await page.getByRole('table', { name: 'Sessions of the day' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('shows of a session that two students share what the one did whose day it is', async () => {
    const { pelican } = organizations;
    const day = `/schools/${pelican}/students/${students.underscore}?day=2026-09-29`;
    const { page } = await openAs({ org_ids: [pelican] }, day);
    const sessions = page.getByRole('table', { name: 'Sessions of the day' });
    await sessions.waitFor();
    expect(await sessions.textContent()).toContain('6 of 10');
  });

  it('does not tell a student who is hidden from one who is not there', async () => {
    const texts = [];
    for (const id of [students.maya, '00000000-0000-4000-8000-000000000000']) {
      const { page } = await openAs({ org_ids: [organizations.willow] }, `${juniper}/students/${id}`);
      await page.getByRole('heading', { level: 1, name: 'No such student' }).waitFor();
      texts.push(await page.getByRole('main').textContent());
    }
    expect(texts[0]).toBe(texts[1]);
  });

  it.each(['/schools/%', '/schools/%E0%A4%A/students/1', '/nowhere'])('shows that %s leads nowhere', async (path) => {
    const { page, faults } = await openAs({ org_ids: [] }, '/');
    // A server may refuse such an address by itself; from page to page none is asked.
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new Event('popstate'))`);
    await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'All schools' }).click();
    await page.getByText('There is no school that you may see.').waitFor();
    expect(faults).toEqual([]);
  });

  it('has words for a school without anybody, and for nothing at all', async () => {
    const { page, faults } = await openAs({ org_ids: [organizations.willow] }, `/schools/${organizations.willow}`);
    await page.getByText('There are no students that you may see.').waitFor();
    for (const words of ['No sessions', 'No waste', 'No XP', 'Nothing was mastered'])
      await page.getByText(words).first().waitFor();
    const { page: nowhere } = await openAs({ org_ids: [] }, '/');
    await nowhere.getByText('There is no school that you may see.').waitFor();
    expect(faults).toEqual([]);
  });

  it('goes on where it was when the token has expired', async () => {
    const token = await sign({ ...leader, exp: now() + 3 });
    const visit = await open(`${maya}?day=2026-11-13`);
    const { page } = visit;
    await enter(visit, token);
    await page.getByRole('heading', { level: 1, name: 'Maya Whitfield' }).waitFor();
    await soon(async () => (await program.ask({ query: '{ __typename }' }, { token })).status).toBe(401);
    await page.getByRole('button', { name: 'Earlier day' }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await page.getByText('Maya').count()).toBe(0);
    const { search } = new URL(page.url());
    await enter(visit, await sign(leader));
    await page.getByRole('heading', { level: 1, name: 'Maya Whitfield' }).waitFor();
    expect(new URL(page.url()).search).toBe(search);
  });

  it('survives a restart of the server', async () => {
    const { page } = await openAs(leader, juniper);
    await page
      .getByRole('link', { name: 'Maya Whitfield' })
      .or(page.getByRole('button', { name: 'Next' }))
      .first()
      .waitFor();
    await program.stop();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('The graph cannot be reached.').first().waitFor();
    expect(await page.getByRole('region', { name: 'Students' }).count()).toBe(1);
    program = await startGraph({ port: new URL(program.url).port });
    await soon(() => page.getByText('The graph cannot be reached.').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Previous' }).isEnabled()).toBe(true);
  });

  // No rule of ours depends on both, the width and the colours: each of them twice would find nothing new.
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('can be used by everybody: %s, %i wide', async (colorScheme, width) => {
    const visit = await open('/', { colorScheme, width });
    const { page } = visit;
    expect(await visit.scan()).toEqual([]);
    await enter(visit, await sign(leader));
    await page.getByRole('heading', { name: '7 schools' }).waitFor();
    expect(await visit.scan()).toEqual([]);
    await page.getByRole('link', { name: 'Juniper Elementary School', exact: true }).click();
    await page.getByRole('heading', { name: /^\d+ students$/ }).waitFor();
    await settled(page);
    expect(await visit.scan()).toEqual([]);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await visit.scan()).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(visit.faults).toEqual([]);
  });
});

async function enter({ page }: Visit, token: string): Promise<void> {
  await page.getByLabel('A token').fill(`Authorization: Bearer ${token}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

interface MasteryNode {
  readonly key: { readonly learningApp: object };
}

/** Puts something else in the place of an answer. */
async function answering(page: Page, name: string, edit: (answer: unknown) => unknown): Promise<void> {
  onTestFinished(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
  await page.route('**/graphql', async (route) => {
    if ((route.request().postDataJSON() as Sent).operationName !== name) return route.fallback();
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: await edit(await answer.json()) });
  });
}

function startGraph(options: { port?: string; databaseUrl?: string } = {}): Promise<Program> {
  return startProgram({
    databaseUrl: options.databaseUrl ?? inject('demoUrl'),
    environment: {
      PORT: options.port ?? '0',
      GRAPHIQL: 'on',
      AUTH_UNRESTRICTED_CLAIM: 'everything',
      AUTH_CLOCK_TOLERANCE_SECONDS: '0',
    },
    pages: { demoCallers: signedCallers },
  });
}

/** A page takes a moment, and on a busy machine a long one. */
function soon<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

/** Every part has its answer. */
function settled(page: Page): Promise<unknown> {
  return soon(() => page.locator('[aria-busy=true]').count()).toBe(0);
}

const builtFor = (outDir: string) => ({ root: folder, logLevel: 'warn', build: { outDir } }) as const;

/** The dashboard as it is built for production. */
async function buildPages(outDir: string): Promise<void> {
  // Otherwise the libraries would be built in with what they say to developers.
  vi.stubEnv('NODE_ENV', 'production');
  await build(builtFor(outDir));
  vi.unstubAllEnvs();
}

/** What was built, in front of a graph. */
async function startPages(outDir: string, graph: string): Promise<{ pages: PreviewServer; url: string }> {
  vi.stubEnv('GRAPH_URL', graph);
  const pages = await preview({ ...builtFor(outDir), preview: { port: 0 } });
  vi.unstubAllEnvs();
  return { pages, url: pages.resolvedUrls!.local[0]!.replace(/\/$/, '') };
}
