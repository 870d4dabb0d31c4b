import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two copies of graphql (its ES module and its CommonJS build) refuse each other's schemas: everybody gets the one
    // that Pothos and Apollo load.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts'],
    // Some compile a whole client, on machines that have other things to do.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A process reads the packages once and not once a file, which is a tenth of the time. No file may leave anything behind.
    isolate: false,
    // As the program itself is started: answers of a megabyte are short-lived, and in a larger nursery they die before
    // anybody copies them; V8 shall not take what many tests kept for what requests keep, and give birth to it old.
    execArgv: ['--max-semi-space-size=64', '--no-allocation-site-pretenuring'],
  },
});
