import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const graph = process.env['GRAPH_URL'] ?? 'http://127.0.0.1:4000';

/** A page that holds a token runs nothing but itself and talks to nobody but its own origin. */
const policy: Plugin = {
  name: 'content-security-policy',
  // While developing, Vite puts scripts of its own into the page.
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend',
      attrs: {
        'http-equiv': 'content-security-policy',
        // Inline styles: where bars begin and end, and what Plot writes into its pictures.
        content:
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'",
      },
    },
  ],
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), policy],
  // The browser talks to one origin alone: the graph needs no CORS, and the token goes nowhere else.
  server: { host: '127.0.0.1', port: 4300, proxy: { '/graphql': graph, '/graphiql/callers': graph } },
  build: { outDir: '../../dist/dashboard', emptyOutDir: true },
});
