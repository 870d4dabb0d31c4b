import { isUtc } from '../../loaders/groups/zone.ts';
import type { MetricReading } from '../../loaders/metrics/reading.ts';
import type { FigureName } from './sources.ts';
import { metrics, type MetricName } from './declared.ts';

export interface Caveat {
  readonly code: string;
  /** The same words whatever the data are: who sees the caveat learns that it applies, and nothing else. */
  readonly message: string;
  readonly metrics: readonly MetricName[];
  applies(reading: MetricReading): Promise<boolean>;
}

const ofSessionTime = ['appTime', 'wasteShare', 'focusTime', 'focusRatio', 'xpPerHour'] as const;

export const caveats = [
  {
    code: 'SHARED_STUDENTS',
    message: 'Some students belong to others of this kind as well, and count fully in each: do not add the values up.',
    metrics: [
      'activeStudents',
      'sessions',
      'appTime',
      'wasteTime',
      'focusTime',
      'xp',
      'questionsAnswered',
      'masteryGained',
      'recommendations',
      'recommendationsDelivered',
    ],
    applies: async (reading) => (await reading.shared()) > 0,
  },
  {
    code: 'MEMBERS_OF_TODAY',
    message: 'These are the students who belong to the organisation today, also for days on which they did not.',
    metrics: metrics.map(({ name }) => name),
    applies: async ({ subject }) => subject === 'organization',
  },
  {
    code: 'APP_IDS_DIFFER',
    message:
      'Sessions name an app as the app does itself. They are found only where that is the id in the list of apps, so sessions may be missing here.',
    metrics: [
      'activeStudents',
      'sessions',
      ...ofSessionTime,
      'wasteTime',
      'questionsAnswered',
      'accuracy',
      'violationRate',
    ],
    applies: async ({ subject }) => subject === 'app',
  },
  {
    code: 'NOT_BY_APP',
    message: 'Placements and recommendations belong to no app, so there is no value.',
    metrics: ['placementProgress', 'recommendations', 'recommendationsDelivered', 'deliveryShare', 'likedShare'],
    applies: async ({ subject }) => subject === 'app',
  },
  {
    code: 'UTC_DAYS',
    message: 'Points and answers are known by their UTC day alone, so they may fall on a neighbouring day of the zone.',
    metrics: ['xp', 'xpPerHour', 'questionsAnswered', 'accuracy'],
    applies: async ({ timing }) => timing.zone !== undefined && !isUtc(timing.zone),
  },
  {
    code: 'OPEN_SESSIONS',
    message: 'Some sessions have no end, and so no length: time is missing.',
    metrics: ofSessionTime,
    applies: some('sessions.open', (count) => count > 0),
  },
  {
    code: 'NO_WASTE_IS_ZERO',
    message: 'Some sessions have no record of waste. They count as sessions without any.',
    metrics: ['wasteTime', 'wasteShare', 'focusTime', 'focusRatio'],
    applies: some('waste.without', (count) => count > 0),
  },
  {
    code: 'WASTE_HAS_MANY_KINDS',
    message:
      'Waste may include proctoring and cheating, and stretches that overlap count twice: do not add time of proctoring or cheating to it.',
    metrics: ['wasteTime', 'wasteShare', 'focusTime', 'focusRatio'],
    applies: some('waste.seconds', (seconds) => seconds > 0),
  },
  {
    code: 'XP_CORRECTIONS',
    message: 'Corrections were taken off the points.',
    metrics: ['xp', 'xpPerHour'],
    applies: some('xp.corrections', (count) => count > 0),
  },
  {
    code: 'REPEATED_ITEMS',
    message: 'Some students earned several credentials for the same item, or several that name no item.',
    metrics: ['masteryGained', 'masteryResult'],
    applies: async (reading) => {
      const [credentials, items] = await Promise.all([
        reading.figure('mastery.credentials'),
        reading.figure('mastery.items'),
      ]);
      return credentials!.some((count, period) => (count ?? 0) > (items![period] ?? 0));
    },
  },
  {
    code: 'PLACEMENTS_OF_TODAY',
    message:
      'Some placements changed after the period. What they were before is not on record, so they count as not completed.',
    metrics: ['placementProgress'],
    applies: some('placements.changedSince', (count) => count > 0),
  },
  {
    code: 'FEW_SESSIONS',
    message: 'There are fewer than ten sessions in a period: shares of so few jump.',
    metrics: ['wasteShare', 'focusRatio', 'xpPerHour'],
    applies: some('sessions.count', isFew),
  },
  {
    code: 'FEW_PROCTORED',
    message: 'There are fewer than ten proctored sessions in a period: shares of so few jump.',
    metrics: ['violationRate'],
    applies: some('sessions.proctored', isFew),
  },
  {
    code: 'FEW_ANSWERS',
    message: 'There are fewer than ten answers in a period: shares of so few jump.',
    metrics: ['accuracy'],
    applies: some('questions.answered', isFew),
  },
] as const satisfies readonly Caveat[];

function isFew(count: number): boolean {
  return count > 0 && count < 10;
}

/** In at least one of the periods. */
function some(figure: FigureName, holds: (value: number) => boolean): Caveat['applies'] {
  return async (reading) => (await reading.figure(figure))?.some((value) => value !== null && holds(value)) ?? false;
}
