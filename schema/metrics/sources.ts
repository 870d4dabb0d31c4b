/**
 * What metrics are made of: figures of the rows of one view, some with a second view looked up beside each row. All figures of
 * one source come from one select; views that are only looked up for some of them have a source of their own, so that a view
 * that is missing takes no more with it than has to go.
 */
import type { View } from '../view.ts';
import { proctoringInsights, recommendations, sessionsWaste } from '../views/insights.ts';
import { aggregatedSessionAttempts, sessions, studentsXp } from '../views/sessions.ts';
import { placementResults, studentsMastery } from '../views/students.ts';

/** A column of the source's row as it is reckoned with, and beside it what was looked up. */
export interface Reckoned {
  (column: string): string;
  /** The figure that was looked up; null where there was no row. */
  readonly beside: string;
  /** Of what stands at a time and does not fall into a period: how many rows are alike. */
  readonly alike: string;
  /** Whether they already were before the period ended, as those without a time always were. */
  readonly stood: string;
}

export interface FigureSource {
  readonly view: View;
  /** The day of a row, in UTC, and its moment: where there is none, the other one has to do. */
  readonly day?: string;
  readonly moment?: string;
  /** Which app a row belongs to: by its own key, by that of its session, or by none. */
  readonly app?: 'own' | 'ofSession';
  /** The rows tell how things stand, and are read whatever their time; besides that, their figures tell them apart by these columns. */
  readonly standing?: readonly string[];
  readonly beside?: { readonly view: View; readonly column?: string; readonly onlyIf?: string };
  readonly figures: Readonly<Record<string, (of: Reckoned) => string>>;
}

const ofSessions = { view: sessions, day: 'date', moment: 'start_time', app: 'own' } as const;

export const sources = {
  sessions: {
    ...ofSessions,
    figures: {
      count: () => 'count(*)',
      students: (of) => `count(distinct ${of('student_id')})`,
      seconds: (of) => `sum(${of('duration_sec')})`,
      open: (of) => `count(*) filter (where ${of('duration_sec')} is null)`,
      proctored: (of) => `count(*) filter (where ${of('is_proctored')})`,
    },
  },
  waste: {
    ...ofSessions,
    beside: { view: sessionsWaste, column: 'waste_duration_sec' },
    figures: {
      seconds: (of) => `sum(${of.beside})`,
      // A session of unknown length is in no app time, so in a share of app time its waste would be a share of nothing.
      secondsOfClosed: (of) => `sum(${of.beside}) filter (where ${of('duration_sec')} is not null)`,
      focused: (of) =>
        `sum(greatest(${of('duration_sec')} - coalesce(${of.beside}, 0), 0)) filter (where ${of('duration_sec')} is not null)`,
      without: (of) => `count(*) filter (where ${of.beside} is null)`,
    },
  },
  proctoring: {
    ...ofSessions,
    beside: { view: proctoringInsights, onlyIf: 'is_proctored' },
    figures: {
      violated: (of) => `count(${of.beside})`,
    },
  },
  xp: {
    view: studentsXp,
    day: 'date',
    app: 'own',
    figures: {
      points: (of) => `sum(${of('total_value')})`,
      corrections: (of) => `count(*) filter (where ${of('total_value')} < 0)`,
    },
  },
  questions: {
    view: aggregatedSessionAttempts,
    day: 'date',
    app: 'ofSession',
    figures: {
      answered: (of) => `sum(${of('total_questions_answered')})`,
      correct: (of) => `sum(${of('total_questions_correct')})`,
    },
  },
  mastery: {
    view: studentsMastery,
    moment: 'mastery_timestamp',
    app: 'own',
    figures: {
      credentials: () => 'count(*)',
      results: (of) => `count(${of('mastery_percentage')})`,
      percent: (of) => `sum(${of('mastery_percentage')})`,
      items: (of) => `count(distinct (${of('student_id')}, ${of('curriculum_item_id')}))`,
    },
  },
  placements: {
    view: placementResults,
    moment: 'last_updated',
    standing: ['placement_status'],
    figures: {
      all: (of) => `sum(${of.alike})`,
      completed: (of) => `sum(${of.alike}) filter (where ${of('placement_status')} = 'Completed' and ${of.stood})`,
      changedSince: (of) => `sum(${of.alike}) filter (where not ${of.stood})`,
    },
  },
  recommendations: {
    view: recommendations,
    day: 'date',
    moment: 'generated_at',
    figures: {
      generated: () => 'count(*)',
      delivered: (of) => `count(${of('delivered_at')})`,
      liked: (of) => `count(*) filter (where ${of('feedback_sentiment')} = 'POSITIVE')`,
      judged: (of) => `count(*) filter (where ${of('feedback_sentiment')} in ('POSITIVE', 'NEGATIVE'))`,
    },
  },
} as const satisfies Record<string, FigureSource>;

export type SourceName = keyof typeof sources;

/** `sessions.seconds`: a figure of a source. */
export type FigureName = {
  [S in SourceName]: `${S}.${keyof (typeof sources)[S]['figures'] & string}`;
}[SourceName];
