import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** How somebody looks at a page: wide and light, unless said. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly timezoneId?: string;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

export interface Visit {
  readonly page: Page;
  /** What went wrong unseen: errors in the console, breaches of the content policy, requests to anybody but this machine. */
  readonly faults: string[];
  /** What axe finds serious or critical on the page as it is now, a line each. */
  scan(): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestBrowser {
  /** Opens the page in a profile of its own: nobody has been here before. */
  open(url: string, look?: Look): Promise<Visit>;
  close(): Promise<void>;
}

const program = [
  process.env['BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path !== undefined && existsSync(path));

/** For `describe.skipIf`: what opens pages cannot be tested here. */
export const noBrowser = program === undefined;
if (noBrowser)
  console.warn('Tests of pages are skipped: install Chromium or Chrome, or set BROWSER to the path of one.');

export async function startBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: program!,
    args: [
      // In a container the sandbox of the browser has no rights to build itself, and /dev/shm is small.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      // No name leads anywhere, so that a page which needs the world outside fails here, too.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
  return { open: (url, look) => openVisit(browser, url, look), close: () => browser.close() };
}

async function openVisit(browser: Browser, url: string, look: Look = {}): Promise<Visit> {
  const { width = 1440, height = 900, colorScheme = 'light', reducedMotion = 'reduce', timezoneId } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion,
    ...(timezoneId !== undefined && { timezoneId }),
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isHere = ['data:', 'blob:'].includes(protocol) || ['localhost', '127.0.0.1'].includes(hostname);
    if (!isHere) faults.push(`left the machine: ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults, scan: () => scan(page), close: () => context.close() };
}

async function scan(page: Page): Promise<string[]> {
  // Evaluated and not added as a script, which the content policy of a good page forbids.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
}
