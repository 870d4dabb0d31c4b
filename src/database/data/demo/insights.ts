import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { iso, isoDay, weekday } from './calendar.ts';
import { insightTypeId, insightTypes } from './insightTypes.ts';
import { journalEntries } from './journalEntries.ts';
import { endOf } from './sessions.ts';
import type { Visit } from './visits.ts';

/** What the camera, the browser and the children themselves had to say about the sessions. */
export function addInsights(data: Dataset, visits: readonly Visit[]): void {
  for (const visit of visits) {
    const { chance, check } = visit;
    if (!check && !chance.happens(0.68)) continue;
    const session = demoId(`insights session/${visit.id}`);
    data.add('insights_session', {
      id: session,
      caliper_session_id: visit.id,
      user_id: visit.pupil.id,
      application_id: visit.app,
      webcam_enabled: check ? true : chance.happens(0.35),
      is_proctored: check ? !chance.happens(0.05) : chance.happens(0.02) ? null : false,
    });
    for (const category of drawCategories(visit)) addDrawn(data, visit, session, category);
    if (chance.happens(0.04)) addJournal(data, visit, session);
  }
}

/** One word for every incident of the session. */
function drawCategories({ chance, check, traits, start, isTired, isAtSchool }: Visit): string[] {
  const isFriday = weekday(isoDay(start)) === 5;
  const mood =
    1.1 - traits.focus * 0.7 + (isTired ? 0.5 : 0) + (isTired && isFriday ? 0.5 : 0) - (isAtSchool ? 0 : 0.3);
  const wasted = Math.max(0, Math.round(mood * chance.share() * 2));
  return [
    ...Array.from({ length: check ? Math.floor(wasted / 2) : wasted }, () => 'Engagement'),
    ...(check && chance.happens(0.22 - traits.focus * 0.1) ? ['Proctoring'] : []),
    ...(chance.happens(check ? 0.08 : 0.008) ? ['Cheating'] : []),
  ];
}

function addDrawn(data: Dataset, visit: Visit, session: string, category: string): void {
  const { chance, start } = visit;
  const type = chance.weighted(
    insightTypes.filter((type) => type.category === category),
    ({ weight }) => weight,
  );
  const room = endOf(visit) - start;
  const from = start + Math.floor(chance.share() * room * 0.9);
  const seconds = Math.min(
    chance.between(5, chance.happens(0.2) ? 420 : 110),
    Math.floor((start + room - from) / 1000),
  );
  const id = chance.uuid();
  addInsight(data, {
    id,
    session,
    slug: type.slug,
    from: iso(from),
    to: iso(from + seconds * 1000),
    reason: chance.pick(type.reasons).replace('{lesson}', `“${visit.lesson.title}”`),
    isVisible: !chance.happens(0.05),
  });
  if (!type.isReviewed) return;
  // The rest waits for somebody to look at it.
  const verdict = chance.share();
  if (verdict < 0.65) data.add('insights_review', { insight_id: id, result: 'TruePositive' });
  else if (verdict < 0.83) data.add('insights_review', { insight_id: id, result: 'FalsePositive' });
}

function addJournal(data: Dataset, visit: Visit, session: string): void {
  const { chance, lesson, subject } = visit;
  const time = iso(endOf(visit) - chance.between(5_000, 90_000));
  const reason = chance.pick(journalEntries).replaceAll('{lesson}', lesson.title).replaceAll('{subject}', subject);
  const id = chance.uuid();
  addInsight(data, { id, session, slug: 'Journal', from: time, to: time, reason, isVisible: true });
}

interface Insight {
  readonly id: string;
  readonly session: string;
  readonly slug: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly isVisible?: boolean;
}

export function addInsight(data: Dataset, { id, session, slug, from, to, reason, isVisible = true }: Insight): void {
  data.add('insights_insight', {
    id,
    session_id: session,
    insight_type_id: insightTypeId(slug),
    started_at_time: from,
    ended_at_time: to,
    reason,
    is_visible: isVisible,
  });
}
