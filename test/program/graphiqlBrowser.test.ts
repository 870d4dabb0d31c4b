import type { Page, Request, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { analyst, guide, leader } from '../../src/database/data/callers.ts';
import { noBrowser, startBrowser, type Look, type TestBrowser, type Visit } from '../support/browser.ts';
import { signedCallers, startWithGraphiql } from './graphiqlPages.ts';
import { sign, type Program } from './support.ts';

describe.skipIf(noBrowser)('GraphiQL in a browser', { timeout: 120_000 }, () => {
  let browser: TestBrowser;
  let offering: Program;
  let asking: Program;
  let visit: Visit;
  beforeAll(async () => {
    browser = await startBrowser();
    offering = await startWithGraphiql({ offersCallers: true });
    asking = await startWithGraphiql({ offersCallers: false });
  });
  afterAll(async () => {
    await browser.close();
    await offering.stop();
    await asking.stop();
  });
  /** Whatever happens on the page, nobody outside is asked and nothing fails unseen. */
  afterEach(async () => {
    await visit.close();
    if (visit.faults.length > 0) throw new Error(visit.faults.join('\n'));
  });

  async function open(program: Program, look?: Look): Promise<Page> {
    visit = await browser.open(`${program.url}/graphiql`, look);
    visit.page.setDefaultTimeout(20_000);
    return visit.page;
  }

  const answers = (page: Page, text: string | RegExp) =>
    page.locator('.graphiql-response').getByText(text).first().waitFor();
  const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ }).click();
  const callerOf = (page: Page) => page.getByLabel('Asking as');
  /** An example is in the editor, in colours: GraphiQL's workers are there, and so is the schema. */
  const ready = async (page: Page) => {
    await page
      .locator('.graphiql-query-editor .view-line .mtk1, .graphiql-query-editor .view-line .mtk8')
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /^Re-fetch GraphQL schema/ })
      .and(page.locator(':enabled'))
      .waitFor();
  };

  it('opens with an example for each kind of reader, and runs one', async () => {
    const page = await open(offering);
    await ready(page);
    const tabs = page
      .getByRole('list', { name: 'Select active operation' })
      .getByRole('button')
      .and(page.locator('[title]'));
    expect(await tabs.allTextContents()).toEqual(['LeaderSchools', 'GuideMorning', 'VendorApp', 'AnalystQuestions']);
    await run(page);
    await answers(page, leader.subject);
    await tabs.getByText('VendorApp').click();
    // Faster than any hand, one would run the new document under the operation name of the old: GraphiQL reads it with a delay.
    await page.locator('.graphiql-query-editor .view-line').getByText('VendorApp').first().waitFor();
    await page.waitForTimeout(500);
    await run(page);
    await answers(page, /Number.Grove/);
  });

  it('asks again as whoever is chosen, and keeps no token', async () => {
    const page = await open(offering);
    await ready(page);
    for (const caller of [guide, analyst, leader]) {
      await callerOf(page).selectOption({ label: `${caller.name}, ${caller.title}` });
      await answers(page, caller.subject);
    }
    await callerOf(page).selectOption({ label: `${guide.name}, ${guide.title}` });
    await page.reload();
    await ready(page);
    await run(page);
    await answers(page, guide.subject);
    const kept = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(kept).toContain('LeaderSchools');
    for (const { token } of await signedCallers()) expect(kept).not.toContain(token.split('.')[1]);
  });

  it('shows the statements of an answer, and asks for them only then', async () => {
    const page = await open(offering);
    await ready(page);
    const asked: (string | undefined)[] = [];
    page.on('request', (request: Request) => {
      if (request.url().endsWith('/graphql')) asked.push(request.headers()['x-explain']);
    });
    await run(page);
    await answers(page, leader.subject);
    await page.getByRole('button', { name: 'Show Explain' }).click();
    const panel = page.getByRole('region', { name: 'Explain' });
    await panel.getByRole('button', { name: 'Run query' }).click();
    const flights = panel.locator('.explain-flights > li');
    await flights.nth(1).waitFor();
    expect(await panel.locator('.explain-sum').innerText()).toMatch(/^4 statements in 2 round trips, [\d.]+ ms$/);
    expect(await panel.locator('.explain-price').innerText()).toMatch(
      /^At most [\d,]+ objects of 50,000, [\d,]+ values of 1,000,000, cost [\d,]+ of 100,000$/,
    );
    expect(await flights.nth(1).locator('summary').allInnerTexts()).toEqual([
      expect.stringMatching(/^schools\.nodes\.usage\s+school_usage_stats\s+7 keys\s+7 rows$/),
      expect.stringMatching(/^schools\.nodes\.students\.nodes\s+students\s+7 keys\s+\d+ rows$/),
    ]);
    expect(await flights.nth(1).locator('h3').innerText()).toMatch(/^ROUND TRIP 2\s+[\d.]+ ms$/);
    await flights.nth(0).locator('summary').first().click();
    await panel.getByText(/^select count\(\*\)/).waitFor();
    await page.getByRole('button', { name: 'Hide Explain' }).click();
    await callerOf(page).selectOption({ label: `${guide.name}, ${guide.title}` });
    await answers(page, guide.subject);
    expect(asked).toEqual([undefined, '1', undefined]);
  });

  it('keeps the statements of an answer to the tab that asked for it', async () => {
    const page = await open(offering);
    await ready(page);
    await page.getByRole('button', { name: 'Show Explain' }).click();
    const panel = page.getByRole('region', { name: 'Explain' });
    await panel.getByRole('button', { name: 'Run query' }).click();
    await panel.locator('.explain-flights').waitFor();
    await page.getByRole('button', { name: 'New tab' }).click();
    await panel.getByText('As long as this panel is open').waitFor();
    expect(await panel.locator('.explain-flights').count()).toBe(0);
    const tabs = page.getByRole('list', { name: 'Select active operation' });
    await tabs.getByRole('button', { name: 'LeaderSchools' }).click();
    await panel.locator('.explain-flights').waitFor();
  });

  it('boxes no letter of an answer that looks like another', async () => {
    const page = await open(offering);
    await ready(page);
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: { name: '3 × Α' } } }));
    await run(page);
    await answers(page, '×');
    // The editor looks for such letters a moment after the text has changed.
    await page.waitForTimeout(1_000);
    expect(await page.locator('.graphiql-response .unicode-highlight').count()).toBe(0);
  });

  it('says what became of a request that brought no statements', async () => {
    const page = await open(offering);
    await ready(page);
    const panel = page.getByRole('region', { name: 'Explain' });
    const runAgainst = async (json: object) => {
      await page.unroute('**/graphql');
      await page.route('**/graphql', (route) => route.fulfill({ json }));
      await panel.getByRole('button', { name: 'Run query' }).click();
    };
    await page.getByRole('button', { name: 'Show Explain' }).click();
    await runAgainst({ data: { schools: null } });
    await panel.getByText('EXPLAIN=on opens them.').waitFor();
    await runAgainst({ errors: [{ message: 'It does not fit.' }] });
    await panel.getByText('This request was refused before anything was read.').waitFor();
    expect(await panel.getByText('EXPLAIN=on').count()).toBe(0);
  });

  it('needs no mouse', async () => {
    const page = await open(offering);
    await ready(page);
    await page.keyboard.press('Tab');
    expect(await callerOf(page).evaluate((select) => select.matches(':focus-visible'))).toBe(true);
    await page.keyboard.type(guide.name);
    await answers(page, guide.subject);
    // Down the tools at the side, into one and out again.
    const explain = page.getByRole('button', { name: /Explain$/ });
    while (!(await explain.evaluate((button) => button.matches(':focus')))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Explain' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Explain' }).waitFor({ state: 'detached' });
    // Into the editor, and to an answer.
    await page.locator('.graphiql-query-editor .monaco-editor').first().click();
    const answer = page.waitForResponse('**/graphql');
    await page.keyboard.press('Control+Enter');
    expect((await answer).status()).toBe(200);
  });

  it('hands a question on by a link, which no server gets to see', async () => {
    const page = await open(offering);
    await ready(page);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const tabs = page.getByRole('list', { name: 'Select active operation' });
    await tabs.getByRole('button', { name: 'GuideMorning' }).click();
    await page.locator('.graphiql-query-editor .view-line').getByText('GuideMorning').first().waitFor();
    await page.getByRole('button', { name: 'Copy a link to this query' }).click();
    const said = page.getByRole('status').getByText('The link is copied');
    await said.waitFor();
    await said.waitFor({ state: 'hidden' });
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    await visit.close();

    visit = await browser.open(link);
    const asked: string[] = [];
    visit.page.on('request', (request: Request) => asked.push(request.url()));
    await ready(visit.page);
    expect(visit.page.url()).toBe(`${offering.url}/graphiql`);
    await visit.page.locator('.graphiql-query-editor .view-line').getByText('GuideMorning').first().waitFor();
    const answer = visit.page.waitForResponse('**/graphql');
    await run(visit.page);
    expect((await answer).request().postDataJSON()).toMatchObject({
      operationName: 'GuideMorning',
      variables: { longSec: 300 },
    });
    expect(asked.filter((url) => url.includes('GuideMorning'))).toEqual([]);
    // One more tab beside those that are there, also for somebody who has been here before.
    await visit.page.goto('about:blank');
    await visit.page.goto(
      `${offering.url}/graphiql#query=${encodeURIComponent('query Another { caller { subject } }')}`,
    );
    await ready(visit.page);
    const titles = visit.page.getByRole('list', { name: 'Select active operation' }).getByRole('button');
    const found = await titles.and(visit.page.locator('[title]')).allTextContents();
    expect(found.join()).toBe('GuideMorning,LeaderSchools,GuideMorning,VendorApp,AnalystQuestions,Another');
    await run(visit.page);
    await answers(visit.page, leader.subject);
  });

  it('takes a token where it knows nobody', async () => {
    const page = await open(asking);
    const field = page.getByLabel('Token');
    await field.fill(`Authorization: Bearer ${await sign({ sub: 'somebody-else' })}`);
    await page.getByRole('button', { name: 'Ask' }).click();
    await ready(page);
    await run(page);
    await answers(page, 'somebody-else');
    // What a query says about children goes when the tab is closed.
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
  });

  it('reads the schema once a good token has followed a bad one', async () => {
    const page = await open(asking);
    const use = async (token: string) => {
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Ask' }).click();
    };
    await use('a.b.c');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const trouble = page.getByText('Error fetching schema');
    await trouble.waitFor();
    // The browser itself says so of each request that is refused.
    expect(visit.faults.splice(0).every((fault) => fault.includes('401'))).toBe(true);
    await use(await sign({ sub: 'somebody-else' }));
    await page.getByText('Root Types').waitFor();
    expect(await trouble.count()).toBe(0);
    await answers(page, 'somebody-else');
  });

  // No rule of ours depends on both, the width and the colours: each of them twice would find nothing new.
  const looks: [string, Look][] = [
    ['wide and dark', { colorScheme: 'dark' }],
    ['narrow and light', { width: 390, height: 844 }],
  ];
  it.each(looks)('has nothing in the way of anybody: %s', async (_, look) => {
    const page = await open(offering, look);
    await ready(page);
    await run(page);
    await answers(page, /ORGANIZATIONS/);
    expect(await visit.scan()).toEqual([]);
    for (const tool of ['Explain', 'Documentation Explorer', 'GraphiQL Explorer', 'History']) {
      await page.getByRole('button', { name: `Show ${tool}` }).click();
      if (tool === 'Explain') {
        await page.getByRole('button', { name: 'Run query' }).click();
        await page.locator('.explain-statement').first().waitFor();
      }
      expect([tool, await visit.scan()]).toEqual([tool, []]);
      await page.getByRole('button', { name: `Hide ${tool}` }).click();
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('is scrolled where a window is low, or its letters are large: nothing lies upon anything else', async () => {
    const page = await open(offering, { width: 640, height: 320 });
    await ready(page);
    const toolbar = (await page.locator('.graphiql-toolbar').boundingBox())!;
    const sidebar = (await page.locator('.graphiql-sidebar').boundingBox())!;
    expect(toolbar.y + toolbar.height).toBeLessThanOrEqual(sidebar.y);
  });

  it.each([
    ['nothing', (route: Route) => route.abort()],
    ['the page of a proxy', (route: Route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>' })],
  ])('says that the graph cannot be reached where %s comes back', async (_, answer) => {
    const page = await open(offering);
    await ready(page);
    await page.route('**/graphql', answer);
    await run(page);
    await answers(page, /cannot.be.reached/);
    expect(await page.locator('.graphiql-response').textContent()).not.toMatch(/stack|assets/);
    expect(visit.faults.splice(0).filter((fault) => !fault.includes('Failed to load resource'))).toEqual([]);
  });

  it('asks for a token as well as it does for everything else', async () => {
    const page = await open(asking, { colorScheme: 'dark' });
    await page.getByLabel('Token').waitFor();
    expect(await visit.scan()).toEqual([]);
  });
});
