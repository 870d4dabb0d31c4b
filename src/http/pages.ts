import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { plainAnswer, refusal, type Answer } from './answer.ts';
import type { Exchange, Route } from './exchange.ts';

/** Nothing from elsewhere, and no inline script: the page holds a token. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const notFound = refusal(404, 'BAD_USER_INPUT');
const safeName = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** GraphiQL from the folder of its built files, or a page that says how to ask without it. */
export function createPages(folder: string | undefined): ReadonlyMap<string, Route> {
  const page: Route = (exchange) => (folder === undefined ? builtInPage : fileAnswer(folder, 'index.html', exchange));
  const routes = new Map<string, Route>([
    ['/', ({ request }) => (wantsPage(request.headers.accept) ? toPage : notFound)],
    ['/graphiql', page],
  ]);
  if (folder !== undefined) {
    routes.set('/graphiql/', (exchange) => {
      const name = exchange.path.slice('/graphiql/'.length) || 'index.html';
      return safeName.test(name) ? fileAnswer(folder, name, exchange) : notFound;
    });
  }
  return routes;
}

const toPage = plainAnswer(302, '', { location: '/graphiql' });

function wantsPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

function fileAnswer(folder: string, name: string, { request }: Exchange): Answer {
  const type = types[extname(name)];
  if (type === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return notFound;
  const path = join(folder, name);
  // What the build has compressed already, once and well, instead of at every visit.
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
  const compressed = takesBrotli && isFile(`${path}.br`);
  if (!compressed && !isFile(path)) return notFound;
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-security-policy': pagePolicy,
      // The build writes a hash of the content into the names of everything but the page itself.
      'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
      ...(compressed && { 'content-encoding': 'br' }),
    },
    body: readFileSync(compressed ? `${path}.br` : path),
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

const builtInPage = plainAnswer(
  200,
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TimeBack graph</title>
<style>body { font: 1rem/1.5 system-ui; max-width: 44rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark } pre { overflow: auto }</style>
<h1>TimeBack graph</h1>
<p>The graph answers at <code>POST /graphql</code>. Every request carries a token:</p>
<pre>curl http://localhost:4000/graphql \\
  --header 'authorization: Bearer TOKEN' \\
  --header 'content-type: application/json' \\
  --data '{"query":"{ students(first: 3) { nodes { name } } }"}'</pre>
<p><code>npx timeback-graph token --help</code> says how to make a token for the embedded database.</p>
</html>
`,
  { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy },
);
