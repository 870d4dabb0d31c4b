import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const graph = process.env['GRAPH_URL'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The browser talks to one origin alone: the graph needs no CORS, and the token goes nowhere else.
  server: { host: '127.0.0.1', port: 4300, proxy: { '/graphql': graph } },
  build: { outDir: '../../dist/dashboard', emptyOutDir: true },
});
