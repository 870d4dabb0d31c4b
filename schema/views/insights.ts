import { date, dateTime, float, id, oneOf, orgIds, prose, text, view } from '../view.ts';

const recommendationSentiment = {
  name: 'RecommendationSentiment',
  description: 'Whether a student liked a recommendation.',
  words: ['POSITIVE', 'NEGATIVE'],
} as const;

export const wasteInsights = view('waste_insights', {
  type: 'WasteInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description:
    'One stretch of lost time in a session, shown to the student and confirmed where its type asks for that. Stretches may overlap; cheating and proctoring events can be waste as well.',
  columns: {
    waste_duration_sec: float('Whole seconds, 0 for a mere moment. The other insights call it `durationSec`.'),
    waste_type: text('What the time went on, an open list. Examples: Idling, Socializing, TopicShopping.').ofOpenList(),
    session_id: id('Session in which the time was lost; its student decides who sees the row.').references('sessions', {
      as: 'session',
      back: 'wasteInsights',
    }),
    started_at_time: dateTime('Moment it began. Sessions and attempts call theirs `startTime`.'),
    ended_at_time: dateTime('Moment it was over; the same as the beginning for a mere moment.'),
    description: prose(
      'What happened this time, in the words that the student reads. Example: Watched a film instead of the lesson.',
    ).personal(),
    org_ids: orgIds(),
  },
});

export const cheatingInsights = view('cheating_insights', {
  type: 'CheatingInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description:
    'One confirmed act of cheating in a session, proctored or not. Acts may overlap: for the time of a session take `Session.cheating`, which counts an overlap once.',
  columns: {
    session_id: id('Session in which it happened; its student decides who sees the row.').references('sessions', {
      as: 'session',
      back: 'cheatingInsights',
    }),
    insight_type: text('How she cheated, an open list. Example: CheatingUnauthorizedDeviceUse.').ofOpenList(),
    started_at_time: dateTime('Moment it began. Sessions and attempts call theirs `startTime`.'),
    ended_at_time: dateTime('Moment it was over; the same as the beginning for a mere moment.'),
    duration_sec: float('Whole seconds, 0 for a mere moment. Waste insights call it `wasteDurationSec`.'),
    description: prose(
      'What happened this time, in the words that the student reads. Example: Another person gave the answers.',
    ).personal(),
    org_ids: orgIds(),
  },
});

export const proctoringInsights = view('proctoring_insights', {
  type: 'ProctoringInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description:
    'One confirmed breach of the rules of a proctored session. Breaches may overlap: for the time of a session take `Session.proctoring`, which counts an overlap once.',
  columns: {
    session_id: id(
      'Session in which it happened, always a proctored one; its student decides who sees the row.',
    ).references('sessions', { as: 'session', back: 'proctoringInsights' }),
    insight_type: text(
      'Which rule was broken, an open list; not every word begins with Proctoring. Example: UnauthorizedAppUse.',
    ).ofOpenList(),
    started_at_time: dateTime('Moment it began. Sessions and attempts call theirs `startTime`.'),
    ended_at_time: dateTime('Moment it was over; the same as the beginning for a mere moment.'),
    duration_sec: float('Whole seconds, 0 for a mere moment. Waste insights call it `wasteDurationSec`.'),
    description: prose(
      'What happened this time, in the words that the student reads. Example: A phone lay on the desk.',
    ).personal(),
    org_ids: orgIds(),
  },
});

export const sessionsWaste = view('sessions_waste', {
  type: 'SessionWaste',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['waste_duration_sec desc'],
  description:
    'Wasted time of one session; a session without any has no row. Overlapping stretches count twice, so the sum may be longer than the session.',
  columns: {
    session_id: id('The session that the sum is for; one row at most.').references('sessions', {
      as: 'session',
      back: 'waste',
    }),
    waste_duration_sec: float(
      'Whole seconds, always above 0. Rounded after adding, so the insights one by one may come to a little more or less.',
    ),
    org_ids: orgIds(),
  },
});

export const sessionsCheating = view('sessions_cheating', {
  type: 'SessionCheating',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['cheating_duration_sec desc'],
  description: 'Time of one session under confirmed cheating, overlaps counted once. A session without any has no row.',
  columns: {
    session_id: id('The session that the time is for; one row at most.').references('sessions', {
      as: 'session',
      back: 'cheating',
    }),
    cheating_duration_sec: float(
      'Whole seconds, always above 0. Shorter than the insights added up where they overlap.',
    ),
    org_ids: orgIds(),
  },
});

export const sessionsProctoring = view('sessions_proctoring', {
  type: 'SessionProctoring',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['proctoring_duration_sec desc'],
  description:
    'Time of one proctored session under confirmed breaches of its rules, overlaps counted once. A session without any has no row.',
  columns: {
    session_id: id('The session that the time is for, always a proctored one; one row at most.').references(
      'sessions',
      { as: 'session', back: 'proctoring' },
    ),
    proctoring_duration_sec: float(
      'Whole seconds, always above 0. Shorter than the insights added up where they overlap.',
    ),
    org_ids: orgIds(),
  },
});

export const recommendations = view('recommendations', {
  type: 'Recommendation',
  domain: 'insights',
  scope: 'rows',
  grain: ['id'],
  order: ['generated_at desc'],
  description:
    'A piece of coaching that a student may read. Notes for the staff are never here, and a row does not mean that she has seen it.',
  columns: {
    id: id('Id of the recommendation, a UUID.'),
    student_id: id('The student whom it addresses.').references('students', { as: 'student', back: 'recommendations' }),
    type: text('Kind of coaching, an open list; so far daily-coaching.').ofOpenList(),
    source: text(
      'Who or what wrote it, an open list: a person (manual), an app (app-generated) or the coach (vault-agent).',
    ).ofOpenList(),
    source_reference_id: id(
      'What the writing system calls it; leads nowhere in this graph. Example: exec_42. Null when that system gave no id.',
    ).nullable(),
    title: text('A short heading. Null when it was written without one.').nullable().personal(),
    visibility: text('Always "student": notes for the staff are left out before they get here.'),
    content: prose(
      'The message itself, in Markdown: render it with care. Example: Begin with math while you are fresh.',
    ).personal(),
    date: date('UTC day on which it was generated, not the day on which she read it.'),
    generated_at: dateTime('Moment at which it was generated; she sees it later or never.'),
    delivered_at: dateTime('Moment at which she first saw it. Null until she has.').nullable(),
    feedback_sentiment: oneOf(
      recommendationSentiment,
      'What she thought of it. Null when she has not said.',
    ).nullable(),
    feedback_text: prose('What she wrote about it. Null when she wrote nothing, even if she liked it or not.')
      .nullable()
      .personal(),
    feedback_at: dateTime('Moment of her feedback. Null when she gave none.').nullable(),
    org_ids: orgIds(),
  },
});
