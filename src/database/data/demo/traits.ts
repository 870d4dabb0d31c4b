import { Chance } from '../chance.ts';
import { subjects } from './courses.ts';
import type { Pupil } from './people.ts';

export interface Traits {
  /** Around 0 for each subject: a gift for learning as such, and one for the subject. */
  readonly ability: ReadonlyMap<string, number>;
  /** Around 0: below, time is lost easily. */
  readonly focus: number;
  /** How many sessions the ninety days bring: 25 on average. */
  readonly sessions: number;
  /** The grade of the course that a placement test found right, which need not be the grade of the class. */
  readonly placed: ReadonlyMap<string, number>;
}

/** Asked twice, a pupil has the same traits. */
export function traitsOf(pupil: Pupil): Traits {
  const chance = new Chance(`traits/${pupil.id}`);
  const general = chance.bell();
  const ability = new Map(subjects.map((subject) => [subject, general * 0.6 + chance.bell() * 0.6] as const));
  const placed = [...ability].map(([subject, gift]) => {
    const drift = Math.max(-2, Math.min(1, Math.round(gift * 1.3 + chance.bell() * 0.4)));
    return [subject, Math.max(3, Math.min(8, pupil.section.grade + drift))] as const;
  });
  return {
    ability,
    focus: chance.bell(),
    sessions: Math.max(6, Math.round(25 + chance.bell() * 9)),
    placed: new Map(placed),
  };
}

/** Between 0 and 1, one half at 0; without an exponential, see `Chance`. */
export function likelihood(strength: number): number {
  return 0.5 + (0.5 * strength) / (1 + Math.abs(strength));
}
