/** What metrics should be, reckoned row by row over what the views show: slow, plain, and without a word of the graph. */
import type { Scope } from '../../../src/scope.ts';
import type { TestGraph } from '../../support/graph.ts';
import { dataOf } from './lists.ts';
import type { TextRow } from './world.ts';

export type Rows = ReadonlyMap<string, readonly TextRow[]>;

export interface Question {
  readonly of: 'everything' | 'student' | 'school' | 'guide' | 'class' | 'app' | 'organization';
  readonly key?: string;
  readonly from: string;
  readonly to: string;
  readonly zone?: string;
}

function momentOf(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}:00`);
}

const calendars = new Map<string, Intl.DateTimeFormat>();

function dayIn(zone: string, text: string): string {
  const calendar = calendars.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  calendars.set(zone, calendar);
  return calendar.format(momentOf(text));
}

function dayOf(row: TextRow, zone: string | undefined, moment: string | undefined): string | null {
  if (zone !== undefined && moment !== undefined) return row[moment]! && dayIn(zone, row[moment]);
  if ('date' in row) return row['date']!;
  return row[moment!]! && dayIn('UTC', row[moment!]!);
}

const known = new WeakMap<readonly TextRow[], Map<string, readonly (readonly [TextRow, string | null])[]>>();

/** The rows with their days, which many questions ask for. */
function daysOf(rows: readonly TextRow[], zone: string | undefined, moment: string | undefined) {
  const byZone = known.get(rows) ?? new Map<string, readonly (readonly [TextRow, string | null])[]>();
  known.set(rows, byZone);
  const found = byZone.get(String(zone)) ?? rows.map((row) => [row, dayOf(row, zone, moment)] as const);
  byZone.set(String(zone), found);
  return found;
}

/** The rows of every fifteenth student, and all that is about nobody. */
export function someOf(rows: Rows): Map<string, readonly TextRow[]> {
  const students = new Set(rows.get('students')!.flatMap(({ id }, index) => (index % 15 === 0 ? [id!] : [])));
  const sessions = new Set(
    rows.get('sessions')!.flatMap((row) => (students.has(row['student_id']!) ? [row['id']!] : [])),
  );
  const isKept = (view: string) => (row: TextRow) => {
    if (view === 'students') return students.has(row['id']!);
    if ('student_id' in row) return students.has(row['student_id']!);
    return !('session_id' in row) || sessions.has(row['session_id']!);
  };
  return new Map(Array.from(rows, ([view, all]) => [view, all.filter(isKept(view))]));
}

/** The same rows for each student, without what is of others. */
export function byStudent(rows: Rows): (student: string) => Rows {
  const own = Array.from(rows, ([view, all]) => {
    if (!all[0] || !('student_id' in all[0])) return [view, () => all] as const;
    const found = new Map<string, TextRow[]>();
    for (const row of all) found.set(row['student_id']!, [...(found.get(row['student_id']!) ?? []), row]);
    return [view, (student: string) => found.get(student) ?? []] as const;
  });
  return (student) => new Map(own.map(([view, of]) => [view, of(student)]));
}

const links = {
  school: ['student_schools', 'school_id'],
  guide: ['student_guides', 'guide_id'],
  class: ['class_enrollments', 'class_id'],
} as const;

/** Whether a row of this student and this day counts. */
function memberships(rows: Rows, { of, key }: Question): (student: string, day: string) => boolean {
  const known = new Set(rows.get('students')!.map(({ id }) => id!));
  if (of === 'everything' || of === 'app') return (student) => known.has(student);
  if (of === 'student') return (student) => known.has(student) && student === key;
  if (of === 'organization') {
    const members = new Set(
      rows
        .get('students')!
        .filter((row) => row['org_ids']!.includes(key!))
        .map(({ id }) => id!),
    );
    return (student) => members.has(student);
  }
  const [view, column] = links[of];
  const own = new Map<string, TextRow[]>();
  for (const row of rows.get(view)!) {
    if (row[column] !== key || row['status'] === 'tobedeleted') continue;
    own.set(row['student_id']!, [...(own.get(row['student_id']!) ?? []), row]);
  }
  return (student, day) =>
    known.has(student) &&
    (own.get(student) ?? []).some(
      (link) =>
        (link['begin_date'] === null || link['begin_date']! <= day) &&
        (link['end_date'] === null || link['end_date']! > day),
    );
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** Of decimals, in millionths: added up as they are, the last digit would depend on their order. */
function sum(rows: readonly TextRow[], column: string): number {
  return rows.reduce((total, row) => total + Math.round(Number(row[column] ?? 0) * 1e6), 0) / 1e6;
}

/** The rows of a view that count, by the day on which they do. */
function countedIn(rows: Rows, question: Question): (view: string, moment?: string) => readonly TextRow[] {
  const { of, key, from, to, zone } = question;
  const belongs = memberships(rows, question);
  const appOfSession = new Map(rows.get('sessions')!.map((row) => [row['id']!, row['learning_app_id']!]));
  const isOfApp = (row: TextRow) =>
    of !== 'app' || ('learning_app_id' in row ? row['learning_app_id'] : appOfSession.get(row['session_id']!)) === key;
  return (view, moment) =>
    daysOf(rows.get(view)!, zone, moment).flatMap(([row, day]) => {
      const isWithin = day !== null && day >= from && day <= to && row['student_id'] !== null;
      return isWithin && belongs(row['student_id']!, day) && isOfApp(row) ? [row] : [];
    });
}

function wasteBySession(rows: Rows): ReadonlyMap<string, number> {
  return new Map(rows.get('sessions_waste')!.map((row) => [row['session_id']!, Number(row['waste_duration_sec'])]));
}

export function expectedMetrics(rows: Rows, question: Question): Record<string, number | null> {
  const { of, to, zone } = question;
  const belongs = memberships(rows, question);
  const within = countedIn(rows, question);
  const sessions = within('sessions', 'start_time');
  const waste = wasteBySession(rows);
  const wasteOf = (some: readonly TextRow[]) => some.reduce((total, { id }) => total + (waste.get(id!) ?? 0), 0);
  const closed = sessions.filter((row) => row['duration_sec'] !== null);
  const appTime = sum(closed, 'duration_sec');
  const focusTime = closed.reduce(
    (total, row) => total + Math.max(0, Number(row['duration_sec']) - (waste.get(row['id']!) ?? 0)),
    0,
  );
  const violated = new Set(rows.get('proctoring_insights')!.map((row) => row['session_id']!));
  const proctored = sessions.filter((row) => row['is_proctored'] === 'true');
  const xp = sum(within('students_xp'), 'total_value');
  const attempts = within('aggregated_session_attempts');
  const answered = sum(attempts, 'total_questions_answered');
  const mastery = within('students_mastery', 'mastery_timestamp');
  const results = mastery.filter((row) => row['mastery_percentage'] !== null);
  const placements = rows.get('placement_results')!.filter((row) => belongs(row['student_id']!, to));
  const completed = placements.filter(
    (row) =>
      row['placement_status'] === 'Completed' &&
      (row['last_updated'] === null || dayIn(zone ?? 'UTC', row['last_updated']!) <= to),
  );
  const advice = within('recommendations', 'generated_at');
  const delivered = advice.filter((row) => row['delivered_at'] !== null).length;
  const liked = advice.filter((row) => row['feedback_sentiment'] === 'POSITIVE').length;
  const disliked = advice.filter((row) => row['feedback_sentiment'] === 'NEGATIVE').length;

  return {
    activeStudents: new Set(sessions.map((row) => row['student_id'])).size,
    sessions: sessions.length,
    appTime,
    wasteTime: wasteOf(sessions),
    wasteShare: ratio(wasteOf(closed), appTime),
    focusTime,
    focusRatio: ratio(focusTime, appTime),
    xp,
    xpPerHour: ratio(xp * 3_600, appTime),
    questionsAnswered: answered,
    accuracy: ratio(sum(attempts, 'total_questions_correct'), answered),
    violationRate: ratio(proctored.filter((row) => violated.has(row['id']!)).length, proctored.length),
    masteryGained: mastery.length,
    masteryResult: ratio(sum(results, 'mastery_percentage'), results.length),
    ...(of !== 'app' && {
      placementProgress: ratio(completed.length, placements.length),
      recommendations: advice.length,
      recommendationsDelivered: delivered,
      deliveryShare: ratio(delivered, advice.length),
      likedShare: ratio(liked, liked + disliked),
    }),
  };
}

/** What the rows of a student say against her figures; caveats that follow from the arguments are not among it. */
export function expectedCaveats(rows: Rows, question: Question & { readonly of: 'student' }): readonly string[] {
  const within = countedIn(rows, question);
  const sessions = within('sessions', 'start_time');
  const waste = wasteBySession(rows);
  const mastery = within('students_mastery', 'mastery_timestamp');
  const items = new Set(mastery.map((row) => row['curriculum_item_id']));
  const isFew = (count: number) => count > 0 && count < 10;
  const said: Readonly<Record<string, boolean>> = {
    OPEN_SESSIONS: sessions.some((row) => row['duration_sec'] === null),
    NO_WASTE_IS_ZERO: sessions.some(({ id }) => !waste.has(id!)),
    WASTE_HAS_MANY_KINDS: sessions.some(({ id }) => (waste.get(id!) ?? 0) > 0),
    XP_CORRECTIONS: within('students_xp').some((row) => Number(row['total_value']) < 0),
    REPEATED_ITEMS: mastery.length > items.size,
    PLACEMENTS_OF_TODAY: rows
      .get('placement_results')!
      .some(
        (row) =>
          row['student_id'] === question.key &&
          row['last_updated'] !== null &&
          dayIn('UTC', row['last_updated']!) > question.to,
      ),
    FEW_SESSIONS: isFew(sessions.length),
    FEW_PROCTORED: isFew(sessions.filter((row) => row['is_proctored'] === 'true').length),
    FEW_ANSWERS: isFew(sum(within('aggregated_session_attempts'), 'total_questions_answered')),
  };
  return Object.keys(said).filter((code) => said[code]);
}

export const metricNames = [
  'activeStudents',
  'sessions',
  'appTime',
  'wasteTime',
  'wasteShare',
  'focusTime',
  'focusRatio',
  'xp',
  'xpPerHour',
  'questionsAnswered',
  'accuracy',
  'violationRate',
  'masteryGained',
  'masteryResult',
  'placementProgress',
  'recommendations',
  'recommendationsDelivered',
  'deliveryShare',
  'likedShare',
] as const;

export const allMetrics = metricNames.map((name) => `${name} { value }`).join(' ');

const views = {
  student: 'students',
  school: 'schools',
  guide: 'guides',
  class: 'classes',
  app: 'learning_apps',
} as const;

export const subjects = ['everything', 'organization', ...Object.keys(views)] as Question['of'][];

/** Some parents that the caller sees, and whose rows a list of them leads to; of everything, nobody. */
export function sampleOf(rows: Rows, scope: Scope, of: Question['of']): readonly (string | undefined)[] {
  if (of === 'everything') return [undefined];
  if (of === 'organization') {
    const known = new Set(rows.get('students')!.flatMap((row) => row['org_ids']!.slice(1, -1).split(',')));
    return [...known]
      .filter((id) => id !== '' && (scope.kind === 'unrestricted' || scope.orgIds.includes(id)))
      .slice(0, 4);
  }
  const own = (row: TextRow) =>
    scope.kind === 'unrestricted' ||
    of === 'student' ||
    of === 'guide' ||
    of === 'app' ||
    [row['school_id'], row['id'], row['parent_id']].some((id) => id && scope.orgIds.includes(id));
  const ids = rows
    .get(views[of])!
    .filter(own)
    .map(({ id }) => id!);
  const step = Math.ceil(ids.length / 6);
  return ids.filter((_, index) => index % step === 0);
}

type Told = Readonly<Record<string, { readonly value: number | null } | null>>;

/** What the graph says of each of them, all in one question. */
export async function shownMetrics(
  graph: TestGraph,
  scope: Scope,
  { of, from, to, zone }: Omit<Question, 'key'>,
  keys: readonly (string | undefined)[],
): Promise<readonly Record<string, number | null>[]> {
  const args = `during: { from: "${from}", to: "${to}" }${zone === undefined ? '' : `, zone: "${zone}"`}`;
  const asked = `metrics(${args}) { ${allMetrics} }`;
  const ask = async (query: string) =>
    dataOf(await graph.run(query, { as: scope }), query) as Record<string, { metrics: Told }>;
  const told = ({ metrics }: { metrics: Told }) =>
    Object.fromEntries(Object.entries(metrics).flatMap(([name, metric]) => (metric ? [[name, metric.value]] : [])));
  if (of === 'everything') return [told((await ask(`{ ${asked} }`)) as unknown as { metrics: Told })];
  const one = of === 'app' ? 'learningApp' : of;
  const data = await ask(`{ ${keys.map((key, index) => `p${index}: ${one}(id: "${key!}") { ${asked} }`).join(' ')} }`);
  return keys.map((_, index) => told(data[`p${index}`]!));
}
