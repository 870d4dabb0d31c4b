import { addInsight } from '../demo/insights.ts';
import { demoId } from '../ids.ts';
import { adults, students } from '../landmarks.ts';
import { sessions } from './sessions.ts';
import type { Oddity } from './oddity.ts';
import { addWatched, judge, see, watch } from './watched.ts';

function sessionOf(name: string): string {
  return demoId(`session/insights/${name}`);
}

function insightOf(name: string): string {
  return demoId(`insight/${name}`);
}

export const insightSessions = {
  /** Watched, and nothing to say. */
  withoutWaste: sessionOf('without waste'),
  overlapping: sessionOf('overlapping'),
  proctored: sessionOf('proctored'),
  unproctored: sessionOf('unproctored'),
  perhapsProctored: sessionOf('perhaps proctored'),
  reviewed: sessionOf('reviewed'),
  hiddenOnly: sessionOf('hidden only'),
  halfSeconds: sessionOf('half seconds'),
  announced: sessionOf('announced'),
  equal: sessionOf('equal'),
  ofGuide: sessions.ofGuide,
  ofFormerStudent: sessions.ofFormerStudent,
  withoutStudent: sessions.withoutStudent,
  byAddress: sessions.byAddress,
} as const;

export const insights = {
  unknownSlug: insightOf('unknown slug'),
  unknownCategory: insightOf('unknown category'),
  internal: insightOf('internal'),
  internalCheating: insightOf('internal cheating'),
  hidden: insightOf('hidden'),
  pending: insightOf('pending'),
  falsePositive: insightOf('false positive'),
  truePositive: insightOf('true positive'),
  /** Judged wrong, though its type asks for no judgement. */
  needlesslyReviewed: insightOf('needlessly reviewed'),
  ofNoLength: insightOf('of no length'),
  outer: insightOf('outer'),
  nested: insightOf('nested'),
  overlapping: insightOf('overlapping'),
  touching: insightOf('touching'),
  apart: insightOf('apart'),
  ofOtherType: insightOf('of other type'),
  hiddenBridge: insightOf('hidden bridge'),
  equalOne: insightOf('equal one'),
  equalTwo: insightOf('equal two'),
  equalCheatingOne: insightOf('equal cheating one'),
  equalCheatingTwo: insightOf('equal cheating two'),
  equalProctoringOne: insightOf('equal proctoring one'),
  equalProctoringTwo: insightOf('equal proctoring two'),
  inUnproctored: insightOf('in unproctored'),
  inPerhapsProctored: insightOf('in perhaps proctored'),
  halfOne: insightOf('half one'),
  halfTwo: insightOf('half two'),
  hiddenJournal: insightOf('hidden journal'),
  hostileJournal: insightOf('hostile journal'),
} as const;

const oddTypes: readonly Oddity[] = [
  {
    name: 'a slug and a category that nobody has seen before, of types that nobody configured',
    at: [insights.unknownSlug, insights.unknownCategory],
    sql: `select from insights_insight i join insights_type t on t.id = insight_type_id
      where i.id in ($1, $2) and not exists (select from insights_config c where c.insight_type_id = t.id)
      having array_agg(slug order by slug) = '{BreathingBreak,DaydreamLoop}'`,
    add: (data) => {
      addWatched(data, insightSessions.announced, '2026-10-13T18', false);
      see(data, insights.unknownSlug, insightSessions.announced, 'DaydreamLoop', ['2026-10-13T18', '05:00', '06:30']);
      see(data, insights.unknownCategory, insightSessions.announced, 'BreathingBreak', [
        '2026-10-13T18',
        '10:00',
        '11:00',
      ]);
    },
  },
  {
    name: 'insights of internal types, which nobody outside may see',
    at: [insights.internal, insights.internalCheating],
    sql: `select from insights_insight i join insights_type t on t.id = insight_type_id
      where i.id in ($1, $2) and visibility = 'internal' and is_waste having count(*) = 2`,
    add: (data) => {
      see(data, insights.internal, insightSessions.announced, 'GazeCalibration', ['2026-10-13T18', '00:05', '00:35']);
      see(data, insights.internalCheating, insightSessions.announced, 'CheatingModelTrial', [
        '2026-10-13T18',
        '20:00',
        '20:30',
      ]);
    },
  },
  {
    name: 'a watched session without waste',
    at: [insightSessions.withoutWaste],
    sql: `select from insights_session s where caliper_session_id = $1
      and not exists (select from insights_insight where session_id = s.id)`,
    add: (data) => addWatched(data, insightSessions.withoutWaste, '2026-10-14T18', false),
  },
  {
    name: 'a watched session of somebody who is no student, and one without a student of its own',
    at: [insightSessions.ofGuide, insightSessions.withoutStudent],
    sql: `select from insights_session i join caliper_session s on s.id = caliper_session_id
      where s.id in ($1, $2) having count(*) = 2 and count(s.user_id) = 1`,
    add: (data) => {
      watch(data, insightSessions.ofGuide, false, adults.guide);
      watch(data, insightSessions.withoutStudent, false);
      watch(data, insightSessions.ofFormerStudent, true, students.former);
      watch(data, insightSessions.byAddress, true, students.emoji);
      const span = ['2026-09-22', '10:00', '12:00'] as const;
      for (const session of [
        insightSessions.ofGuide,
        insightSessions.withoutStudent,
        insightSessions.ofFormerStudent,
      ]) {
        see(data, insightOf(`idling/${session}`), session, 'Idling', span);
      }
    },
  },
];

const oddReviews: readonly Oddity[] = [
  {
    name: 'reviews: pending, false, true, and one that nobody asked for',
    at: [insights.pending, insights.falsePositive, insights.truePositive, insights.needlesslyReviewed],
    sql: `select from insights_insight i
      join insights_config c using (insight_type_id)
      left join insights_review r on r.insight_id = i.id
      where i.id in ($1, $2, $3, $4)
      having count(*) = 4 and count(r.result) = 3 and count(*) filter (where not requires_review and result = 'FalsePositive') = 1`,
    add: (data) => {
      const [hour, session] = ['2026-10-15T18', insightSessions.reviewed];
      addWatched(data, session, hour, true);
      see(data, insights.pending, session, 'CheatingUnauthorizedAppUse', [hour, '01:00', '02:00']);
      see(data, insights.falsePositive, session, 'CheatingUnauthorizedDeviceUse', [hour, '03:00', '05:00']);
      see(data, insights.truePositive, session, 'CheatingHelpFromAnotherPerson', [hour, '07:00', '07:45']);
      see(data, insights.needlesslyReviewed, session, 'SupplementalLearning', [hour, '09:00', '09:30']);
      judge(data, insights.falsePositive, 'FalsePositive');
      judge(data, insights.truePositive, 'TruePositive');
      judge(data, insights.needlesslyReviewed, 'FalsePositive');
    },
  },
  {
    name: 'a hidden insight, alone in its session',
    at: [insights.hidden, insightSessions.hiddenOnly],
    sql: `select from insights_session s join insights_insight i on i.session_id = s.id where caliper_session_id = $2
      having count(*) = 1 and bool_and(i.id = $1 and not is_visible)`,
    add: (data) => {
      addWatched(data, insightSessions.hiddenOnly, '2026-10-16T18', false);
      see(data, insights.hidden, insightSessions.hiddenOnly, 'Idling', ['2026-10-16T18', '01:00', '09:00'], false);
    },
  },
  {
    name: 'a proctoring insight of a session that was not proctored, and of one that does not say',
    at: [insights.inUnproctored, insights.inPerhapsProctored],
    sql: `select from insights_insight i join insights_session s on s.id = session_id
      where i.id in ($1, $2) and is_proctored is not true having count(is_proctored) = 1 and count(*) = 2`,
    add: (data) => {
      const cases = [
        [insightSessions.unproctored, insights.inUnproctored, '2026-10-19T18', false],
        [insightSessions.perhapsProctored, insights.inPerhapsProctored, '2026-10-20T18', null],
      ] as const;
      for (const [session, id, hour, isProctored] of cases) {
        addWatched(data, session, hour, isProctored);
        see(data, id, session, 'UnauthorizedAppUse', [hour, '10:00', '11:00']);
        judge(data, id, 'TruePositive');
      }
    },
  },
];

const overlapHour = '2026-10-21T18';

const oddSpans: readonly Oddity[] = [
  {
    name: 'cheating that nests, overlaps, touches, and stands apart, with a hidden bridge over the gap',
    at: [insights.outer, insights.nested, insights.overlapping, insights.touching, insights.apart],
    sql: `select from insights_insight where id in ($1, $2, $3, $4, $5)
      having sum(ended_at_time - started_at_time) > '7 minutes'
      and upper(range_agg(tstzrange(started_at_time, ended_at_time))) - lower(range_agg(tstzrange(started_at_time, ended_at_time))) = '10 minutes'`,
    add: (data) => {
      const session = insightSessions.overlapping;
      addWatched(data, session, overlapHour, true);
      const spans: [id: string, slug: string, from: string, to: string, isVisible?: boolean][] = [
        [insights.outer, 'CheatingUnauthorizedAppUse', '10:00', '13:00'],
        [insights.nested, 'CheatingUnauthorizedAppUse', '11:00', '12:00'],
        [insights.overlapping, 'CheatingUnauthorizedDeviceUse', '12:30', '14:00'],
        [insights.touching, 'CheatingHelpFromAnotherPerson', '14:00', '15:00'],
        [insights.hiddenBridge, 'CheatingUnauthorizedAppUse', '14:30', '19:30', false],
        [insights.apart, 'CheatingUnauthorizedAppUse', '19:00', '20:00'],
        [insights.ofOtherType, 'HelpFromAnotherPerson', '10:30', '12:15'],
      ];
      for (const [id, slug, from, to, isVisible] of spans) {
        see(data, id, session, slug, [overlapHour, from, to], isVisible);
        judge(data, id, 'TruePositive');
      }
    },
  },
  {
    name: 'an insight of no length',
    at: [insights.ofNoLength],
    sql: `select from insights_insight where id = $1 and started_at_time = ended_at_time`,
    add: (data) =>
      see(data, insights.ofNoLength, insightSessions.overlapping, 'Idling', [overlapHour, '30:00', '30:00']),
  },
  {
    name: 'two insights of half a second: one second together, one second each when rounded first',
    at: [insights.halfOne, insights.halfTwo],
    sql: `select from insights_insight where id in ($1, $2)
      having sum(ended_at_time - started_at_time) = '1 second' and count(*) = 2`,
    add: (data) => {
      const [session, hour] = [insightSessions.halfSeconds, '2026-10-22T18'];
      addWatched(data, session, hour, false);
      see(data, insights.halfOne, session, 'EyesOffScreen', [hour, '01:00.000', '01:00.500']);
      see(data, insights.halfTwo, session, 'EyesOffScreen', [hour, '02:00.000', '02:00.500']);
    },
  },
  {
    name: 'pairs of equal insights of waste, cheating and proctoring, in views without a key',
    at: [demoId(`insights session/${insightSessions.equal}`)],
    sql: `select from (
        select from insights_insight where session_id = $1
        group by insight_type_id, started_at_time, ended_at_time, reason, is_visible having count(*) = 2
      ) as pairs having count(*) = 3`,
    add: (data) => {
      const [session, hour] = [insightSessions.equal, '2026-10-23T18'];
      addWatched(data, session, hour, true);
      const pairs = [
        ['Socializing', '05:00', '06:00', insights.equalOne, insights.equalTwo],
        ['CheatingUnauthorizedAppUse', '10:00', '10:20', insights.equalCheatingOne, insights.equalCheatingTwo],
        ['UnauthorizedDeviceUse', '20:00', '20:15', insights.equalProctoringOne, insights.equalProctoringTwo],
      ] as const;
      for (const [slug, from, to, ...ids] of pairs) {
        for (const id of ids) {
          see(data, id, session, slug, [hour, from, to]);
          if (slug !== 'Socializing') judge(data, id, 'TruePositive');
        }
      }
    },
  },
  {
    name: 'a proctored session in which nothing but waste was seen',
    at: [insightSessions.proctored],
    sql: `select from insights_session s join insights_insight i on i.session_id = s.id
      join insights_type t on t.id = insight_type_id
      where caliper_session_id = $1 and is_proctored having bool_and(category = 'Engagement')`,
    add: (data) => {
      addWatched(data, insightSessions.proctored, '2026-10-26T18', true);
      const span = ['2026-10-26T18', '40:00', '41:00'] as const;
      see(data, insightOf('waste while proctored'), insightSessions.proctored, 'AwayFromSeat', span);
    },
  },
];

const oddJournals: readonly Oddity[] = [
  {
    name: 'a journal that is marked as not visible, and one of hostile letters',
    at: [insights.hiddenJournal, insights.hostileJournal],
    sql: `select from insights_insight where (id = $1 and not is_visible) or (id = $2 and reason like '%\\%%') having count(*) = 2`,
    add: (data) => {
      const session = demoId(`insights session/${insightSessions.announced}`);
      const time = '2026-10-13T18:58:30.123456Z';
      const journal = { session, slug: 'Journal', from: time, to: time };
      addInsight(data, { ...journal, id: insights.hiddenJournal, reason: 'I felt watched.', isVisible: false });
      const reason = `100% "done" \\o/ it's_over 🎉\nאני שמח; <script>alert('x')</script>`;
      addInsight(data, { ...journal, id: insights.hostileJournal, reason });
    },
  },
];

/** Insights that overlap, repeat, wait, hide or belong to nobody outside. */
export const oddInsights: readonly Oddity[] = [...oddTypes, ...oddReviews, ...oddSpans, ...oddJournals];
