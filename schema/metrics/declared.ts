/**
 * The metrics: each is declared once, and from that follow its fields, its description, what is read for it, and its line in
 * docs/metrics.md. What the figures are and how they are counted stands in `schema/metrics/sources.ts`.
 */
import { sources, type FigureName, type SourceName } from './sources.ts';

export interface MetricFacts {
  readonly name: string;
  readonly definition: string;
  readonly unit:
    | 'students'
    | 'sessions'
    | 'seconds'
    | 'points'
    | 'points an hour'
    | 'questions'
    | 'share'
    | 'credentials'
    | 'percent'
    | 'recommendations';
  /** What one row of its view stands for. */
  readonly grain: string;
  /**
   * Whether values may be added up: over periods that do not overlap and groups of students that share nobody (`all`), over such
   * groups only (`students`), or not at all.
   */
  readonly adds: 'all' | 'students' | 'never';
  readonly of: FigureName;
  /** What it is divided by. Null where that is zero. */
  readonly per?: FigureName;
  /** So many times the ratio: an hour has 3600 seconds. */
  readonly times?: number;
}

export const metrics = [
  {
    name: 'activeStudents',
    definition: 'Different students who began at least one session in the period.',
    unit: 'students',
    grain: 'session',
    adds: 'students',
    of: 'sessions.students',
  },
  {
    name: 'sessions',
    definition: 'Sessions that students began in the period, open ones included.',
    unit: 'sessions',
    grain: 'session',
    adds: 'all',
    of: 'sessions.count',
  },
  {
    name: 'appTime',
    definition: 'Length of those sessions, wasted time included. A session without an end has no length yet.',
    unit: 'seconds',
    grain: 'session',
    adds: 'all',
    of: 'sessions.seconds',
  },
  {
    name: 'wasteTime',
    definition:
      'Wasted time noticed in those sessions. A session without any counts as zero; stretches that overlap count twice, so it may exceed the app time.',
    unit: 'seconds',
    grain: 'session',
    adds: 'all',
    of: 'waste.seconds',
  },
  {
    name: 'wasteShare',
    definition:
      'Wasted time of sessions that have ended, divided by the app time of all that have ended, those without waste included. Above 1 where waste overlaps.',
    unit: 'share',
    grain: 'session',
    adds: 'never',
    of: 'waste.secondsOfClosed',
    per: 'sessions.seconds',
  },
  {
    name: 'focusTime',
    definition:
      'App time that was not wasted, session by session; a session with more waste than length counts as zero.',
    unit: 'seconds',
    grain: 'session',
    adds: 'all',
    of: 'waste.focused',
  },
  {
    name: 'focusRatio',
    definition: 'Focus time divided by app time, from 0 to 1.',
    unit: 'share',
    grain: 'session',
    adds: 'never',
    of: 'waste.focused',
    per: 'sessions.seconds',
  },
  {
    name: 'xp',
    definition: 'Experience points booked in the period, corrections taken off; below zero where they prevail.',
    unit: 'points',
    grain: 'student, app, session and day',
    adds: 'all',
    of: 'xp.points',
  },
  {
    name: 'xpPerHour',
    definition: 'Experience points for each hour of app time. Points earned outside of sessions are among them.',
    unit: 'points an hour',
    grain: 'student, app, session and day; session',
    adds: 'never',
    of: 'xp.points',
    per: 'sessions.seconds',
    times: 3_600,
  },
  {
    name: 'questionsAnswered',
    definition: 'Scored tries at questions within sessions, repeats included.',
    unit: 'questions',
    grain: 'session and student',
    adds: 'all',
    of: 'questions.answered',
  },
  {
    name: 'accuracy',
    definition:
      'Tries with full marks divided by scored tries: of the sums, so that long sessions weigh more than short ones.',
    unit: 'share',
    grain: 'session and student',
    adds: 'never',
    of: 'questions.correct',
    per: 'questions.answered',
  },
  {
    name: 'violationRate',
    definition:
      'Proctored sessions with at least one confirmed breach of their rules, divided by all proctored sessions.',
    unit: 'share',
    grain: 'session',
    adds: 'never',
    of: 'proctoring.violated',
    per: 'sessions.proctored',
  },
  {
    name: 'masteryGained',
    definition:
      'Mastery credentials awarded in the period, whatever their result; several for the same item count each.',
    unit: 'credentials',
    grain: 'credential',
    adds: 'all',
    of: 'mastery.credentials',
  },
  {
    name: 'masteryResult',
    definition: 'Mean result of the credentials awarded in the period that have one.',
    unit: 'percent',
    grain: 'credential',
    adds: 'never',
    of: 'mastery.percent',
    per: 'mastery.results',
  },
  {
    name: 'placementProgress',
    definition:
      'How things stood when the period ended: placements completed by then, divided by all that the students have today. A completed one without a date counts as completed before.',
    unit: 'share',
    grain: 'student and subject',
    adds: 'never',
    of: 'placements.completed',
    per: 'placements.all',
  },
  {
    name: 'recommendations',
    definition: 'Recommendations generated for students in the period, seen or not.',
    unit: 'recommendations',
    grain: 'recommendation',
    adds: 'all',
    of: 'recommendations.generated',
  },
  {
    name: 'recommendationsDelivered',
    definition: 'Those of them that the student has seen by now, also if she saw them after the period.',
    unit: 'recommendations',
    grain: 'recommendation',
    adds: 'all',
    of: 'recommendations.delivered',
  },
  {
    name: 'deliveryShare',
    definition: 'Recommendations seen by now, divided by those generated in the period.',
    unit: 'share',
    grain: 'recommendation',
    adds: 'never',
    of: 'recommendations.delivered',
    per: 'recommendations.generated',
  },
  {
    name: 'likedShare',
    definition: 'Recommendations of the period that were liked, divided by those liked or disliked.',
    unit: 'share',
    grain: 'recommendation',
    adds: 'never',
    of: 'recommendations.liked',
    per: 'recommendations.judged',
  },
] as const satisfies readonly MetricFacts[];

export type MetricName = (typeof metrics)[number]['name'];

/** The views behind a metric, those first that its rows come from. */
export function viewsOf({ of, per }: MetricFacts): readonly string[] {
  const names = [of, per].flatMap((figure) => {
    const source = sources[figure?.split('.')[0] as SourceName] as (typeof sources)[SourceName] | undefined;
    return source ? [source.view.name, ...('beside' in source ? [source.beside.view.name] : [])] : [];
  });
  return [...new Set(names)];
}

const additions = {
  all: 'Adds up over periods, and over groups that share no student.',
  students: 'Adds up over groups that share no student, never over periods.',
  never: 'Does not add up.',
} as const satisfies Record<MetricFacts['adds'], string>;

export function describe(metric: MetricFacts): string {
  const { definition, adds, per } = metric;
  const ofNone = per ? ' Null where there is nothing to divide by.' : '';
  return `${definition} ${describeUnit(metric)}${ofNone} ${additions[adds]}`;
}

export function describeUnit({ unit }: MetricFacts): string {
  return `In ${unit === 'share' ? 'parts of 1' : unit}.`;
}
