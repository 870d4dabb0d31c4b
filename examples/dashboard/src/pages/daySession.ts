import type { StudentDayQuery } from '../graph/documents/graphql.ts';
import { counted, duration } from '../words.ts';

type Sessions = NonNullable<NonNullable<NonNullable<StudentDayQuery['student']>['sessions']>['nodes']>;
export type DaySession = NonNullable<Sessions[number]> & { readonly startTime: string };

/** Without a start, a session has no place on the day. The filter has left those out; the type does not know. */
export function started(nodes: Sessions): DaySession[] {
  return nodes.filter((session): session is DaySession => session?.startTime != null);
}

export function sumOf(sessions: readonly DaySession[]): string {
  const learned = sessions.reduce((sum, { durationSec }) => sum + (durationSec ?? 0), 0);
  const wasted = sessions.reduce((sum, { waste }) => sum + (waste?.wasteDurationSec ?? 0), 0);
  return `${counted(sessions.length, 'session', 'sessions')}, ${duration(learned)} in apps, ${wasted > 0 ? duration(wasted) : 'none'} of it wasted`;
}

export const appOf = ({ learningApp }: DaySession) => learningApp?.name ?? 'An app not in the catalogue';
export const xpOf = ({ xp }: DaySession) => xp?.summary?.totalValue.sum ?? 0;
export const questionsOf = ({ sessionAttempts }: DaySession) => {
  const row = sessionAttempts?.nodes[0];
  return row && row.totalQuestionsAnswered > 0 ? `${row.totalQuestionsCorrect} of ${row.totalQuestionsAnswered}` : '–';
};
