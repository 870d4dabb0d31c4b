import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bucketingOf, bucketKey, bucketKeys, timeBucket, type TimeUnit } from '../../loaders/groups/bucket.ts';
import { isUtc } from '../../loaders/groups/zone.ts';
import { Sql, type SqlColumn } from '../../loaders/sql/sql.ts';

const units: readonly TimeUnit[] = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

/** Each with a change of the clocks that somebody else does not have: at midnight, by half an hour, within an hour, by seconds, by a whole day. */
const changes = [
  ['America/Chicago', '2026-03-08T08:00:00Z', '2026-11-01T07:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'],
  ['America/Havana', '2026-03-08T05:00:00Z', '2026-11-01T05:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z', '2026-10-29T21:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z'],
  ['America/Caracas', '2016-05-01T07:00:00Z', '2007-12-09T07:00:00Z'],
  ['Africa/Monrovia', '1972-01-07T00:44:30Z', '1919-03-01T00:43:08Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-04-02T14:00:00Z'],
  ['UTC', '2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z'],
] as const;

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  await client.query(`set timezone to 'UTC'`);
});
afterAll(() => client.end());

/** The keys that PostgreSQL gives, for all times in one select. */
async function keysOf(kind: 'date' | 'dateTime', times: readonly string[], asked: Parameters<typeof bucketingOf>[1]) {
  const bucketing = bucketingOf(kind, asked, 'bucket');
  const sql = new Sql({ live: {}, scope: { kind: 'unrestricted' } } as never);
  const column = { sql: 't', kind, type: kind === 'date' ? 'date' : 'timestamptz' } as SqlColumn;
  const key = bucketKey(sql, column, bucketing);
  const list = sql.param(times, `${column.type}[]`);
  const text = `select (${key})::text as key from unnest(${list}) with ordinality as u (t, n) order by n`;
  const { rows } = await client.query<{ key: string | null }>(text, sql.values as unknown[]);
  const iso = (found: string) => new Date(found.replace(' ', 'T').replace('+00', 'Z')).toISOString();
  return { bucketing, keys: rows.map((row) => (row.key && asked.unit === 'HOUR' ? iso(row.key) : row.key)) };
}

describe.each(changes)('in %s', (zone, ...at) => {
  test.each(units)('every moment lies in the %s that PostgreSQL finds for it, and no other', async (unit) => {
    const hours = Array.from({ length: 4 * 53 }, (_, index) => (index - 4 * 26.5) * 900_000 + 1);
    const moments = at.flatMap((change) => hours.map((away) => Date.parse(change) + away));
    const times = moments.map((moment) => new Date(moment).toISOString());
    const { bucketing, keys } = await keysOf('dateTime', times, { unit, zone, weekStart: 'SUNDAY' });
    for (const [index, key] of keys.entries()) {
      const { start, end, startDate, endDate } = timeBucket(key!, bucketing);
      expect({ zone, time: times[index], start, end, isIn: start! <= times[index]! && times[index]! < end! }).toEqual(
        expect.objectContaining({ isIn: true }),
      );
      expect(unit === 'HOUR' || startDate < endDate).toBe(true);
      expect([...bucketKeys(bucketing, times[index]!, times[index]!)]).toEqual([key]);
    }
    // All that come between the first and the last, without gap or overlap.
    const around = moments.slice(0, hours.length).map((moment) => new Date(moment).toISOString());
    const made = [...bucketKeys(bucketing, around[0]!, around.at(-1)!)];
    expect(made).toEqual([...new Set(keys.slice(0, hours.length))]);
    const bounds = made.map((key) => timeBucket(key, bucketing));
    for (const [index, { end }] of bounds.slice(0, -1).entries()) expect(bounds[index + 1]!.start).toBe(end);
  });
});

test('a day on which the clocks are changed has 23 or 25 hours, and the hour that comes twice is two', () => {
  const day = bucketingOf('dateTime', { unit: 'DAY', zone: 'America/Chicago', weekStart: 'MONDAY' }, 'bucket');
  const hour = { ...day, unit: 'HOUR' } as const;
  const hoursOf = (date: string) => {
    const { start, end } = timeBucket(date, day);
    const last = new Date(Date.parse(end!) - 1).toISOString();
    return [...bucketKeys(hour, start!, last)].map((key) => timeBucket(key, hour));
  };
  expect(hoursOf('2026-03-08')).toHaveLength(23);
  expect(hoursOf('2026-11-01')).toHaveLength(25);
  expect(
    hoursOf('2026-11-01')
      .map(({ start }) => start)
      .slice(0, 4),
  ).toEqual([
    '2026-11-01T05:00:00.000Z',
    '2026-11-01T06:00:00.000Z',
    '2026-11-01T07:00:00.000Z',
    '2026-11-01T08:00:00.000Z',
  ]);
  expect(timeBucket('2026-11-01', day)).toEqual({
    startDate: '2026-11-01',
    endDate: '2026-11-02',
    start: '2026-11-01T05:00:00.000Z',
    end: '2026-11-02T06:00:00.000Z',
  });
});

test('days have buckets without a zone', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...units.slice(1)),
    fc.constantFrom('MONDAY' as const, 'SUNDAY' as const),
    fc.array(fc.date({ min: new Date('1995-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), {
      minLength: 1,
    }),
    async (unit, weekStart, dates) => {
      const days = dates.map((date) => date.toISOString().slice(0, 10));
      const { bucketing, keys } = await keysOf('date', days, { unit, weekStart });
      for (const [index, key] of keys.entries()) {
        const { startDate, endDate, start, end } = timeBucket(key!, bucketing);
        expect([startDate <= days[index]!, days[index]! < endDate, start, end]).toEqual([true, true, null, null]);
        expect([...bucketKeys(bucketing, days[index]!, days[index]!)]).toEqual([key]);
        if (unit === 'WEEK') expect(new Date(startDate).getUTCDay()).toBe(weekStart === 'MONDAY' ? 1 : 0);
      }
    },
  );
  await fc.assert(property, { numRuns: 50, seed: 20261107 });
});

test('a time that no calendar writes with four digits is in no bucket', async () => {
  const asked = { unit: 'YEAR', weekStart: 'MONDAY' } as const;
  const days = ['infinity', '-infinity', '0044-03-15 BC', '12026-01-01', '2026-01-01'];
  expect((await keysOf('date', days, asked)).keys).toEqual([null, null, null, null, '2026-01-01']);
  const moments = days.map((day) =>
    day.includes('infinity') ? day : day.replace(/(\d\d)( BC)?$/, '$1 12:00:00+00$2'),
  );
  const found = await keysOf('dateTime', moments, { ...asked, zone: 'UTC' });
  expect(found.keys).toEqual([null, null, null, null, '2026-01-01']);
});

test.each(['HOUR', 'DAY'] as const)('nor is there a bucket of such a time, by %s', (unit) => {
  const bucketing = bucketingOf('dateTime', { unit, zone: 'Pacific/Niue', weekStart: 'MONDAY' }, 'bucket');
  expect([...bucketKeys(bucketing, '0001-01-01T00:00:00.000Z', '0001-01-01T23:59:59.999Z')]).toEqual([]);
  expect([...bucketKeys(bucketing, '9999-12-31T12:00:00.000Z', '+010000-01-01T12:00:00.000Z')]).toEqual([]);
  const [first] = bucketKeys(bucketing, '9998-12-29T12:00:00.000Z', '+010000-01-01T12:00:00.000Z');
  expect(first).toBe({ HOUR: '9998-12-29T12:00:00.000Z', DAY: '9998-12-29' }[unit]);
});

test('nor of one that a clock or the end of its bucket would write so', async () => {
  const days = ['0001-12-31', '0002-01-01', '9998-12-31', '9999-01-01'];
  const asked = { unit: 'YEAR', weekStart: 'MONDAY' } as const;
  expect((await keysOf('date', days, asked)).keys).toEqual([null, '0002-01-01', '9998-01-01', null]);
  const moments = ['0001-06-01 00:00+00', '0002-01-01 12:00+00', '9998-12-30 00:00+00', '9998-12-30 12:00+00'];
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue']) {
    const { keys } = await keysOf('dateTime', moments, { ...asked, zone });
    expect(keys).toEqual([null, null, '9998-01-01', null]);
  }
});

test('from a time to an earlier one there is no bucket', () => {
  const bucketing = bucketingOf('dateTime', { unit: 'DAY', zone: 'UTC', weekStart: 'MONDAY' }, 'bucket');
  expect([...bucketKeys(bucketing, '2026-06-17T12:00:00.000Z', '2026-06-17T11:00:00.000Z')]).toEqual([]);
});

test('a clock is made once, and a thousand are kept', () => {
  const { DateTimeFormat } = Intl;
  let made = 0;
  class Counted extends DateTimeFormat {
    constructor(...args: ConstructorParameters<typeof DateTimeFormat>) {
      super(...args);
      made += 1;
    }
  }
  Intl.DateTimeFormat = Counted as typeof DateTimeFormat;
  try {
    const spelled = Array.from({ length: 1_001 }, (_, index) => {
      const letters = Array.from('indianapolis', (letter, at) => ((index >> at) & 1 ? letter.toUpperCase() : letter));
      return `America/Indiana/${letters.join('')}`;
    });
    for (const zone of [...spelled, spelled.at(-1)!]) isUtc(zone);
    expect(made).toBe(1_001);
    isUtc(spelled[0]!);
    expect(made).toBe(1_002);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
});

test.each(['', 'CST', 'CET', '-05:00', 'America', 'America/Springfield', 'Chicago\0', `America/${'x'.repeat(300)}`])(
  '%j is refused as a zone, before any statement',
  (zone) => {
    const asked = { unit: 'DAY', zone, weekStart: 'MONDAY' } as const;
    expect(() => bucketingOf('dateTime', asked, 'groups.bucket')).toThrow(/^groups\.bucket\.zone is no time zone/);
  },
);
