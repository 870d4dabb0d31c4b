import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../src/root.ts';

/** Below these, a known weakness lets a caller stop the program or read past its checks. */
const oldest: Record<string, string> = {
  // A crafted character set stopped the server (5.4.0); a GET with an odd content type passed as safe (5.5.0).
  '@apollo/server': '5.5.0',
  // Overlapping fields took for ever (16.8.1); introspection could be nested without end (16.9.0).
  graphql: '16.9.0',
};

const parts = (version: string) => version.split('.').map(Number) as [number, number, number];

describe('the libraries that face callers', () => {
  it.each(Object.entries(oldest))('%s is at least %s', (name, least) => {
    const installed = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    const [major, minor, patch] = parts(installed.version);
    const [leastMajor, leastMinor, leastPatch] = parts(least);
    expect(major).toBe(leastMajor);
    expect(minor * 1_000 + patch).toBeGreaterThanOrEqual(leastMinor * 1_000 + leastPatch);
  });
});
