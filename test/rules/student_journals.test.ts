import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('student_journals', () => {
  let school: string;
  let ada: string;
  let app: string;
  let session: string;
  let journal: string;
  const entry = (row: Partial<Parameters<typeof add.insight>[0]> = {}) =>
    add.insight({ session_id: session, insight_type_id: journal, ...row });

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    app = await add.app();
    const caliper_session_id = await add.session({ id: 'urn:uuid:1', user_id: ada, client_id: 'client' });
    session = await add.insightsSession({ caliper_session_id, user_id: ada, application_id: app });
    journal = await add.insightType({ slug: 'Journal', category: 'Journal' });
  });

  it('student_journals-1 insights of the slug Journal whose type is external', async () => {
    for (const slug of ['journal', 'JournalEntry', 'Diary']) {
      await entry({ insight_type_id: await add.insightType({ slug, category: 'Journal' }) });
    }
    expect(await read('student_journals')).toEqual([]);
    const id = await entry();
    expect(await readOne('student_journals', { columns: ['id'] })).toEqual({ id });
    await query("update insights_type set visibility = 'internal' where slug = 'Journal'");
    expect(await read('student_journals')).toEqual([]);
  });

  it('student_journals-1 the category plays no part', async () => {
    await query("update insights_type set category = 'Engagement'");
    await entry();
    expect(await read('student_journals')).toHaveLength(1);
  });

  it('student_journals-1 hidden and unreviewed entries are entries', async () => {
    await add.insightConfig({ insight_type_id: journal });
    await entry({ reason: 'pending' });
    await entry({ reason: 'hidden', is_visible: false });
    await add.review({ insight_id: await entry({ reason: 'rejected' }), result: 'FalsePositive' });
    await add.review({ insight_id: await entry({ reason: 'confirmed' }) });
    expect(await read('student_journals', { columns: ['journal_text'] })).toEqual(
      ['confirmed', 'hidden', 'pending', 'rejected'].map((journal_text) => ({ journal_text })),
    );
  });

  it('student_journals-2 student and app of the insights session, not of the session', async () => {
    const bea = await add.studentAt(await add.organization());
    const caliper_session_id = await add.session({ id: 'urn:uuid:2', user_id: bea, client_id: 'client' });
    const session_id = await add.insightsSession({ caliper_session_id, user_id: ada, application_id: app });
    await entry({ session_id });
    const columns = ['student_id', 'session_id', 'learning_app_id'];
    expect(await readOne('student_journals', { as: [school], columns })).toEqual({
      student_id: ada,
      session_id: 'urn:uuid:2',
      learning_app_id: app,
    });
  });

  it('student_journals-3 the text is the reason, the timestamp the start, the date its UTC day', async () => {
    const id = await entry({
      reason: ' Long division,\nat last. ',
      started_at_time: '2026-03-14T23:59:59.123456Z',
      ended_at_time: '2026-03-15T00:10:00Z',
    });
    expect(await readOne('student_journals')).toEqual({
      id,
      student_id: ada,
      session_id: 'urn:uuid:1',
      learning_app_id: app,
      journal_text: ' Long division,\nat last. ',
      date: '2026-03-14',
      timestamp: '2026-03-14 23:59:59.123456+00',
      org_ids: [school],
    });
    await query("set local timezone = 'Pacific/Kiritimati'");
    expect(await readOne('student_journals', { columns: ['date'] })).toEqual({ date: '2026-03-14' });
  });

  it('student_journals-4 one row per entry', async () => {
    await entry();
    await entry();
    const rows = await read('student_journals', { columns: ['id'] });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
  });
});
