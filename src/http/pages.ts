import type { SignedCaller } from '../graphiql/signedCaller.ts';
import { jsonAnswer, notFound, plainAnswer } from './answer.ts';
import type { Route } from './exchange.ts';
import { createStaticFiles } from './staticFiles.ts';

export interface PagesOptions {
  /** The folder of GraphiQL's built files. */
  readonly folder?: string;
  /** Only where the development key signs: whoever opens the page may be any of them. */
  readonly demoCallers?: () => Promise<readonly SignedCaller[]>;
}

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

const toPage = plainAnswer(302, '', { location: '/graphiql' });

/** GraphiQL from the folder of its built files, or a page that says how to ask without it. */
export function createPages({ folder, demoCallers }: PagesOptions): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([
    ['/', ({ request }) => (request.headers.accept?.includes('text/html') ? toPage : notFound)],
    ['/graphiql/callers', forReading(async () => jsonAnswer(200, (await demoCallers?.()) ?? []))],
  ]);
  if (folder === undefined)
    return routes.set(
      '/graphiql',
      forReading(() => builtInPage),
    );
  const fileOf = createStaticFiles(folder, { 'content-security-policy': pagePolicy });
  return routes
    .set(
      '/graphiql',
      forReading(({ request }) => fileOf('index.html', request)),
    )
    .set(
      '/graphiql/',
      forReading(({ path, request }) => fileOf(path.slice('/graphiql/'.length), request)),
    );
}

function forReading(route: Route): Route {
  return (exchange) => (['GET', 'HEAD'].includes(exchange.request.method ?? '') ? route(exchange) : notFound);
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
<p><code>npx timeback-graph token --help</code> says how to make a token for the embedded database.
<code>npm run build</code> puts GraphiQL in the place of this page.</p>
</html>
`,
  { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy },
);
