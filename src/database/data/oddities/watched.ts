import type { Dataset } from '../dataset.ts';
import { addInsight } from '../demo/insights.ts';
import { demoId } from '../ids.ts';
import { apps, students } from '../landmarks.ts';
import { addOddSession } from './sessions.ts';

const student = students.hebrew;

export function watch(data: Dataset, session: string, isProctored: boolean | null, user = student): void {
  data.add('insights_session', {
    id: demoId(`insights session/${session}`),
    caliper_session_id: session,
    user_id: user,
    application_id: apps.checkpoint,
    webcam_enabled: isProctored,
    is_proctored: isProctored,
  });
}

export function addWatched(data: Dataset, session: string, hour: string, isProctored: boolean | null): void {
  const [from, to] = [`${hour}:00:00Z`, `${hour}:59:59Z`];
  addOddSession(data, { id: session, user: student, client: apps.checkpoint, from, to });
  watch(data, session, isProctored);
}

/** The hour of the session, and from and to in minutes and seconds past it. */
type Span = readonly [hour: string, from: string, to: string];

export function see(
  data: Dataset,
  id: string,
  session: string,
  slug: string,
  [hour, from, to]: Span,
  isVisible = true,
): void {
  addInsight(data, {
    id,
    session: demoId(`insights session/${session}`),
    slug,
    from: `${hour}:${from}Z`,
    to: `${hour}:${to}Z`,
    reason: `Seen at ${from.slice(0, 5)}`,
    isVisible,
  });
}

export function judge(data: Dataset, id: string, result: 'TruePositive' | 'FalsePositive'): void {
  data.add('insights_review', { insight_id: id, result });
}
