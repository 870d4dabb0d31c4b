import { date, dateTime, float, id, oneOf, orgIds, prose, text, view } from '../view.ts';

const recommendationSentiment = {
  name: 'RecommendationSentiment',
  description: '',
  words: ['POSITIVE', 'NEGATIVE'],
} as const;

export const wasteInsights = view('waste_insights', {
  type: 'WasteInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description: '',
  columns: {
    waste_duration_sec: float(''),
    waste_type: text(''),
    session_id: id('').references('sessions', { as: 'session', back: 'wasteInsights' }),
    started_at_time: dateTime(''),
    ended_at_time: dateTime(''),
    description: prose('').personal(),
    org_ids: orgIds(),
  },
});

export const cheatingInsights = view('cheating_insights', {
  type: 'CheatingInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'cheatingInsights' }),
    insight_type: text(''),
    started_at_time: dateTime(''),
    ended_at_time: dateTime(''),
    duration_sec: float(''),
    description: prose('').personal(),
    org_ids: orgIds(),
  },
});

export const proctoringInsights = view('proctoring_insights', {
  type: 'ProctoringInsight',
  domain: 'insights',
  scope: 'rows',
  grain: [],
  order: ['started_at_time desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'proctoringInsights' }),
    insight_type: text(''),
    started_at_time: dateTime(''),
    ended_at_time: dateTime(''),
    duration_sec: float(''),
    description: prose('').personal(),
    org_ids: orgIds(),
  },
});

export const sessionsWaste = view('sessions_waste', {
  type: 'SessionWaste',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['waste_duration_sec desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'waste' }),
    waste_duration_sec: float(''),
    org_ids: orgIds(),
  },
});

export const sessionsCheating = view('sessions_cheating', {
  type: 'SessionCheating',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['cheating_duration_sec desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'cheating' }),
    cheating_duration_sec: float(''),
    org_ids: orgIds(),
  },
});

export const sessionsProctoring = view('sessions_proctoring', {
  type: 'SessionProctoring',
  domain: 'insights',
  scope: 'rows',
  grain: ['session_id'],
  order: ['proctoring_duration_sec desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'proctoring' }),
    proctoring_duration_sec: float(''),
    org_ids: orgIds(),
  },
});

export const recommendations = view('recommendations', {
  type: 'Recommendation',
  domain: 'insights',
  scope: 'rows',
  grain: ['id'],
  order: ['generated_at desc'],
  description: '',
  columns: {
    id: id(''),
    student_id: id('').references('students', { as: 'student', back: 'recommendations' }),
    type: text(''),
    source: text(''),
    source_reference_id: id('').nullable(),
    title: text('').nullable().personal(),
    visibility: text(''),
    content: prose('').personal(),
    date: date(''),
    generated_at: dateTime(''),
    delivered_at: dateTime('').nullable(),
    feedback_sentiment: oneOf(recommendationSentiment, '').nullable(),
    feedback_text: prose('').nullable().personal(),
    feedback_at: dateTime('').nullable(),
    org_ids: orgIds(),
  },
});
