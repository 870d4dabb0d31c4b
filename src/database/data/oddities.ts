import type { Dataset } from './dataset.ts';
import { oddAttempts } from './oddities/attempts.ts';
import { oddBonds } from './oddities/bonds.ts';
import { oddCurriculum } from './oddities/curriculum.ts';
import { oddInsights } from './oddities/insights.ts';
import type { Oddity } from './oddities/oddity.ts';
import { oddPeople } from './oddities/people.ts';
import { oddPoints } from './oddities/points.ts';
import { oddProgress } from './oddities/progress.ts';
import { oddRecommendations } from './oddities/recommendations.ts';
import { oddClasses, oddSchools } from './oddities/schools.ts';
import { oddSessions } from './oddities/sessions.ts';
import { oddTitles } from './oddities/titles.ts';

/** Everything odd in the demo data, each with its name, its ids and a query that finds it. */
export const oddities: readonly Oddity[] = [
  ...oddSchools,
  ...oddPeople,
  ...oddBonds,
  ...oddClasses,
  ...oddTitles,
  ...oddCurriculum,
  ...oddProgress,
  ...oddSessions,
  ...oddAttempts,
  ...oddPoints,
  ...oddInsights,
  ...oddRecommendations,
];

export function addOddities(data: Dataset): void {
  for (const { add } of oddities) add?.(data);
}
