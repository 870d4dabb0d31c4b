import { expect, it } from 'vitest';
import type { Reference, ViewRow } from './reference.ts';

type Add = Reference['add'];
type InsightType = NonNullable<Parameters<Add['insightType']>[0]>;
type InsightsSession = Partial<Parameters<Add['insightsSession']>[0]>;

/** A student who is being watched, and what was seen: `saw(type, '09:00:00', '09:00:15')`. */
export interface Watch {
  readonly student: string;
  readonly sessionId: string;
  /** Adds an insight between two times of the day. */
  saw(typeId: string, from: string, to: string, more?: Partial<Parameters<Add['insight']>[0]>): Promise<string>;
}

export async function watch(add: Add, sessionId: string, student: string, more: InsightsSession = {}): Promise<Watch> {
  await add.session({ id: sessionId, user_id: student });
  const session_id = await add.insightsSession({
    caliper_session_id: sessionId,
    user_id: student,
    application_id: await add.app(),
    is_proctored: true,
    ...more,
  });
  return {
    student,
    sessionId,
    saw: (insight_type_id, from, to, insight = {}) =>
      add.insight({
        session_id,
        insight_type_id,
        started_at_time: `2026-06-17T${from}Z`,
        ended_at_time: `2026-06-17T${to}Z`,
        ...insight,
      }),
  };
}

/** What the six views of insights agree on: which insights count at all. `type` makes one that the view is about. */
export function itQualifies(rule: string, { add, query }: Reference, view: string, type: InsightType): void {
  const show = async (typeId: string, sessionId: string, more?: Partial<Parameters<Add['insight']>[0]>) => {
    const watched = await watch(add, sessionId, await add.user());
    return watched.saw(typeId, '09:00:00', '09:00:15', more);
  };
  const sessions = async (): Promise<unknown[]> => {
    await query("select set_config('app.allowed_org_ids', '*', true)");
    const rows: ViewRow[] = await query(`select session_id from ${view} order by session_id`);
    return rows.map((row) => row['session_id']);
  };

  it(`${rule} visible insights of external types only`, async () => {
    await show(await add.insightType({ ...type, visibility: 'internal' }), 'a internal');
    const external = await add.insightType(type);
    await show(external, 'b hidden', { is_visible: false });
    await show(external, 'c visible');
    expect(await sessions()).toEqual(['c visible']);
  });

  it(`${rule} where the type asks for a review, only what a review has confirmed`, async () => {
    const insight_type_id = await add.insightType(type);
    await add.insightConfig({ insight_type_id });
    await show(insight_type_id, 'a pending');
    await add.review({ insight_id: await show(insight_type_id, 'b rejected'), result: 'FalsePositive' });
    await add.review({ insight_id: await show(insight_type_id, 'c confirmed'), result: 'TruePositive' });
    const hidden = await show(insight_type_id, 'd hidden', { is_visible: false });
    await add.review({ insight_id: hidden, result: 'TruePositive' });
    expect(await sessions()).toEqual(['c confirmed']);
  });

  it(`${rule} where the type asks for none, a review changes nothing`, async () => {
    const [unconfigured, exempt] = [await add.insightType(type), await add.insightType(type)];
    await add.insightConfig({ insight_type_id: exempt, requires_review: false });
    for (const [name, typeId] of Object.entries({ unconfigured, exempt })) {
      await show(typeId, `${name} pending`);
      for (const result of ['FalsePositive', 'TruePositive']) {
        await add.review({ insight_id: await show(typeId, `${name} ${result}`), result });
      }
    }
    expect(await sessions()).toEqual([
      'exempt FalsePositive',
      'exempt TruePositive',
      'exempt pending',
      'unconfigured FalsePositive',
      'unconfigured TruePositive',
      'unconfigured pending',
    ]);
  });
}

/** How the two totals that count a moment once do so. `type` makes a type of the view's category, `column` holds the total. */
export function itMerges(
  rule: string,
  { add, read, readOne }: Reference,
  view: string,
  column: string,
  type: InsightType,
): void {
  const total = async () => (await readOne(view, { columns: [column] }))[column];
  const events = async (...spans: readonly (readonly [from: string, to: string])[]) => {
    const watched = await watch(add, 'session', await add.user());
    const types = [await add.insightType(type), await add.insightType(type)];
    for (const [index, [from, to]] of spans.entries()) await watched.saw(types[index % 2]!, from, to);
    return watched;
  };

  it(`${rule}-1 one row per session: what its events cover`, async () => {
    await events(['09:00:00', '09:00:10'], ['09:05:00', '09:05:05']);
    const other = await watch(add, 'other', await add.user());
    await other.saw(await add.insightType(type), '09:00:00', '09:00:20');
    await watch(add, 'quiet', await add.user());
    expect(await read(view, { columns: ['session_id', column] })).toEqual([
      { session_id: 'other', [column]: 20 },
      { session_id: 'session', [column]: 15 },
    ]);
  });

  it(`${rule}-2 partial overlap counts once, also between types`, async () => {
    await events(['09:00:00', '09:00:10'], ['09:00:06', '09:00:16'], ['09:00:16', '09:00:20']);
    expect(await total()).toBe(20);
  });

  it(`${rule}-2 nested and identical events count once`, async () => {
    await events(
      ['09:00:00', '09:01:00'],
      ['09:00:10', '09:00:20'],
      ['09:00:15', '09:00:18'],
      ['09:00:00', '09:01:00'],
      ['09:00:50', '09:01:10'],
    );
    expect(await total()).toBe(70);
  });

  it(`${rule}-2 gaps do not count, events of no length neither`, async () => {
    await events(['09:00:00', '09:00:10'], ['09:00:15', '09:00:15'], ['09:00:20', '09:00:30']);
    expect(await total()).toBe(20);
  });

  it(`${rule}-3 what does not qualify neither adds nor bridges a gap`, async () => {
    const watched = await events(['09:00:00', '09:00:10'], ['09:00:20', '09:00:30']);
    const [plain, reviewed] = [await add.insightType(type), await add.insightType(type)];
    await add.insightConfig({ insight_type_id: reviewed });
    await watched.saw(plain, '09:00:05', '09:00:25', { is_visible: false });
    await watched.saw(reviewed, '09:00:05', '09:00:25');
    await watched.saw(await add.insightType({ ...type, visibility: 'internal' }), '09:00:05', '09:00:25');
    await watched.saw(await add.insightType({ category: 'Engagement', is_waste: true }), '09:00:05', '09:00:25');
    expect(await total()).toBe(20);
  });

  it(`${rule}-4 rounded once, after the union`, async () => {
    await events(['09:00:00', '09:00:00.4'], ['09:01:00', '09:01:00.4'], ['09:02:00', '09:02:00.7']);
    expect(await total()).toBe(2);
  });

  it(`${rule}-4 no row where the total rounds to zero, a row from half a second on`, async () => {
    const watched = await events(['09:00:00', '09:00:00'], ['09:01:00', '09:01:00.25']);
    const typeId = await add.insightType(type);
    expect(await read(view)).toEqual([]);
    await watched.saw(typeId, '09:02:00', '09:02:00.249999');
    expect(await read(view)).toEqual([]);
    await watched.saw(typeId, '09:02:00.249999', '09:02:00.25');
    expect(await total()).toBe(1);
  });

  it(`${rule}-5 events of different sessions do not merge`, async () => {
    const student = await add.user();
    const typeId = await add.insightType(type);
    for (const id of ['a', 'b']) {
      const watched = await watch(add, id, student);
      await watched.saw(typeId, '09:00:00', '09:00:10');
    }
    expect(await read(view, { columns: ['session_id', column] })).toEqual([
      { session_id: 'a', [column]: 10 },
      { session_id: 'b', [column]: 10 },
    ]);
  });
}
