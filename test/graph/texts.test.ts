import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parserOf } from '../../loaders/sql/values.ts';
import { isWritten } from '../../loaders/sql/written.ts';
import type { Kind } from '../../schema/view.ts';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  await client.query(`set timezone to 'UTC'; set datestyle to 'ISO, YMD'`);
});
afterAll(() => client.end());

const written: Readonly<Record<string, readonly string[]>> = {
  text: ['', 'NULL', '💥'],
  uuid: ['abcdef00-0000-4000-8000-000000000000'],
  int8: ['0', '-7', '9223372036854775807', '-9223372036854775808'],
  numeric: ['0', '-1.50', `${'9'.repeat(400)}.5`, 'NaN', 'Infinity', '-Infinity'],
  float8: ['0', '-0', '1e+20', '-1.5e-07', '1.7976931348623157e+308', '5e-324', 'NaN', 'Infinity', '-Infinity'],
  bool: ['t', 'f'],
  date: ['2026-06-17', '2024-02-29', '12026-01-01', '0044-03-15 BC', '0005-02-29 BC', 'infinity', '-infinity'],
  timestamptz: [
    '2026-06-17 09:55:00+00', '2026-06-17 23:59:59.999999+00', '12026-01-01 00:00:00+00', '0044-03-15 12:00:00+00 BC', 'infinity', '-infinity',
  ], // prettier-ignore
};

const others: Readonly<Record<string, readonly string[]>> = {
  text: ['a\0b'],
  uuid: ['', 'ABCDEF00-0000-4000-8000-000000000000', 'abcdef00000040008000000000000000', 'no UUID'],
  int8: ['', '1.0', '9223372036854775808', '-9223372036854775809', '9'.repeat(30), ' 1', '0x10'],
  numeric: ['', '1e5', '--1', '.5', '1.', 'nan', 'inf', '9'.repeat(401)],
  float8: ['', '1e+999', '1e-999', '-1e-400', '0x10', 'inf', '1e5 '],
  bool: ['', 'true', 'T', '1'],
  date: [
    '', '2026-02-30', '2026-13-01', '0000-01-01', '0000-01-01 BC', '0004-02-29 BC', '300000-01-01', '4800-01-01 BC', '17.06.2026', 'now', 'epoch',
  ],
  timestamptz: [
    '', '2026-06-17', '2026-06-17T09:55:00Z', '2026-06-17 24:00:00+00', '2026-06-17 09:60:00+00', '2026-06-17 09:55:00+02', '2026-02-30 00:00:00+00',
    '0004-02-29 00:00:00+00 BC', '0000-01-01 00:00:00+00', '300000-01-01 00:00:00+00', '2026-06-17 09:55:00.1234567+00', 'now',
  ],
}; // prettier-ignore

describe('what a cursor may hold of a column', () => {
  test.each(Object.entries(written))('is what PostgreSQL writes: %s', async (type, texts) => {
    const { rows } = await client.query({
      text: `select t::${type}::text from unnest($1::text[]) t`,
      values: [texts],
      rowMode: 'array',
    });
    const found = rows.flat().map((text: string) => ({ true: 't', false: 'f' })[text] ?? text);
    expect(found).toEqual(texts);
    expect(texts.filter((text) => !isWritten(type, text))).toEqual([]);
  });

  test.each(Object.entries(others))('and nothing else: %s', (type, texts) => {
    expect(texts.filter((text) => isWritten(type, text))).toEqual([]);
  });
});

const read: Partial<Record<Kind, readonly (readonly [text: string, value: unknown])[]>> = {
  int: [['7', 7], ['-0', -0], ['NaN', null]],
  float: [['1.50', 1.5], ['1e+20', 1e20], ['Infinity', null], ['-Infinity', null]],
  boolean: [['t', true], ['f', false]],
  date: [['2026-06-17', '2026-06-17'], ['infinity', null], ['-infinity', null], ['12026-01-01', null], ['0044-03-15 BC', null]],
  dateTime: [
    ['2026-06-17 09:55:00+00', '2026-06-17T09:55:00.000Z'],
    ['2026-06-17 09:55:00', '2026-06-17T09:55:00.000Z'],
    ['2026-06-17 09:55:00.5+00', '2026-06-17T09:55:00.500Z'],
    ['2026-06-17 09:55:00.123+00', '2026-06-17T09:55:00.123Z'],
    ['2026-06-17 09:55:00.1234', '2026-06-17T09:55:00.123400Z'],
    ['2026-06-17 09:55:00.123456+00', '2026-06-17T09:55:00.123456Z'],
    ['infinity', null], ['12026-01-01 00:00:00+00', null], ['0044-03-15 12:00:00+00 BC', null], ['0044-03-15 12:00:00 BC', null],
  ],
  ids: [['{}', []], ['{a,b}', ['a', 'b']], ['{NULL,a}', ['a']], ['[0:1]={a,b}', ['a', 'b']], ['{"a,b",NULL,"NULL","\\"\\\\"}', ['a,b', 'NULL', '"\\']]],
  text: [['', ''], ['NULL', 'NULL'], ['infinity', 'infinity']],
}; // prettier-ignore

test.each(Object.entries(read))('what is read of what PostgreSQL writes: %s', (kind, pairs) => {
  const parse = parserOf({ kind: kind as Kind });
  expect(pairs.map(([text]) => parse(text))).toEqual(pairs.map(([, value]) => value));
  expect(parse(null)).toBeNull();
});

test('a word that the catalogue does not know is read as another one', () => {
  const parse = parserOf({ kind: 'enum', vocabulary: { words: ['active'] } as never });
  expect(['active', 'unheard of', null].map(parse)).toEqual(['active', 'OTHER', null]);
});
