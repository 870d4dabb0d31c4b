import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('recommendations', () => {
  let school: string;
  let ada: string;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
  });

  it('recommendations-1 those for students only; internal ones are in no row and no count', async () => {
    const id = await add.recommendation({ user_id: ada });
    await add.recommendation({ user_id: ada, visibility: 'internal', delivered_at: '2026-06-17T07:00:00Z' });
    for (const as of ['*', [school]]) {
      expect(await readOne('recommendations', { as, columns: ['id', 'visibility'] })).toEqual({
        id,
        visibility: 'student',
      });
      expect(await readOne('recommendations', { as, columns: ['count(*)'] })).toEqual({ count: 1 });
    }
  });

  it('recommendations-2 what was not delivered yet is a row without a time', async () => {
    const times = ['2026-06-17 07:12:30.5+00', null];
    for (const delivered_at of times) await add.recommendation({ user_id: ada, delivered_at });
    expect(await read('recommendations', { columns: ['delivered_at'] })).toEqual(
      times.map((delivered_at) => ({ delivered_at })),
    );
  });

  it('recommendations-3 the date is the UTC day of its making, not of its delivery', async () => {
    await query("set local timezone = 'Pacific/Kiritimati'");
    await add.recommendation({
      user_id: ada,
      generated_at: '2026-06-17T23:30:00Z',
      delivered_at: '2026-06-18T07:00:00Z',
    });
    expect(await readOne('recommendations', { columns: ['date'] })).toEqual({ date: '2026-06-17' });
  });

  it('recommendations-4 feedback comes in parts, and not at all', async () => {
    const parts = [
      { feedback_sentiment: 'NEGATIVE', feedback_text: null, feedback_at: null },
      { feedback_sentiment: 'POSITIVE', feedback_text: 'Thanks', feedback_at: '2026-06-17 08:00:00+00' },
      { feedback_sentiment: null, feedback_text: 'Hm', feedback_at: null },
      { feedback_sentiment: null, feedback_text: null, feedback_at: '2026-06-17 09:00:00+00' },
      { feedback_sentiment: null, feedback_text: null, feedback_at: null },
    ];
    const delivered_at = '2026-06-16T07:00:00Z';
    for (const part of parts) await add.recommendation({ user_id: ada, delivered_at, ...part });
    const rows = await read('recommendations', { columns: ['feedback_sentiment', 'feedback_text', 'feedback_at'] });
    expect(rows).toHaveLength(parts.length);
    expect(rows).toEqual(expect.arrayContaining(parts));
  });

  it('recommendations-5 title and reference as stored, null when missing', async () => {
    const id = await add.recommendation({
      user_id: ada,
      type: 'a new one',
      source: 'vault-agent',
      source_reference_id: 'exec_1',
      title: ' Begin early ',
      content: '*Begin* with math.',
      generated_at: '2026-06-17T06:00:00Z',
    });
    expect(await readOne('recommendations')).toEqual({
      id,
      student_id: ada,
      type: 'a new one',
      source: 'vault-agent',
      source_reference_id: 'exec_1',
      title: ' Begin early ',
      visibility: 'student',
      content: '*Begin* with math.',
      date: '2026-06-17',
      generated_at: '2026-06-17 06:00:00+00',
      delivered_at: null,
      feedback_sentiment: null,
      feedback_text: null,
      feedback_at: null,
      org_ids: [school],
    });
    await query('delete from insights_recommendation');
    await add.recommendation({ user_id: ada });
    expect(await readOne('recommendations', { columns: ['title', 'source_reference_id'] })).toEqual({
      title: null,
      source_reference_id: null,
    });
  });
});
