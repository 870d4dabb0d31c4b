import { boolean, date, dateTime, float, id, int, orgIds, prose, view } from '../view.ts';

export const sessions = view('sessions', {
  type: 'Session',
  domain: 'sessions',
  scope: 'rows',
  grain: ['id'],
  order: ['start_time desc'],
  description: '',
  columns: {
    id: id(''),
    student_id: id('').nullable().references('students', { as: 'student', back: 'sessions' }),
    learning_app_id: id('').nullable().references('learning_apps', { as: 'learningApp', back: 'sessions' }),
    date: date('').nullable(),
    start_time: dateTime('').nullable(),
    end_time: dateTime('').nullable(),
    duration_sec: float('').nullable(),
    webcam_enabled: boolean(''),
    is_proctored: boolean(''),
    org_ids: orgIds(),
  },
});

export const attempts = view('attempts', {
  type: 'Attempt',
  domain: 'sessions',
  scope: 'rows',
  grain: [],
  order: ['start_time desc'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'attempts' }),
    resource_id: id('').references('resource', { as: 'resource', back: 'attempts' }),
    session_id: id('').nullable().references('sessions', { as: 'session', back: 'attempts' }),
    date: date('').nullable(),
    start_time: dateTime('').nullable(),
    end_time: dateTime('').nullable(),
    duration_sec: float('').nullable(),
    is_correct: boolean('').nullable(),
    org_ids: orgIds(),
  },
});

export const aggregatedSessionAttempts = view('aggregated_session_attempts', {
  type: 'AggregatedSessionAttempts',
  domain: 'sessions',
  scope: 'rows',
  grain: ['session_id', 'student_id'],
  order: ['date desc'],
  description: '',
  columns: {
    session_id: id('').references('sessions', { as: 'session', back: 'sessionAttempts' }),
    student_id: id('').references('students', { as: 'student', back: 'sessionAttempts' }),
    date: date('').nullable(),
    total_questions_answered: int(''),
    total_questions_correct: int(''),
    avg_duration_sec: float('').nullable(),
    org_ids: orgIds(),
  },
});

export const studentJournals = view('student_journals', {
  type: 'StudentJournal',
  domain: 'sessions',
  scope: 'rows',
  grain: ['id'],
  order: ['timestamp desc'],
  description: '',
  columns: {
    id: id(''),
    student_id: id('').references('students', { as: 'student', back: 'journals' }),
    session_id: id('').references('sessions', { as: 'session', back: 'journals' }),
    learning_app_id: id('').references('learning_apps', { as: 'learningApp', back: 'journals' }),
    journal_text: prose('').personal(),
    date: date(''),
    timestamp: dateTime(''),
    org_ids: orgIds(),
  },
});

export const studentsXp = view('students_xp', {
  type: 'StudentXp',
  domain: 'sessions',
  scope: 'rows',
  grain: [],
  order: ['date desc'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'xp' }),
    learning_app_id: id('').references('learning_apps', { as: 'learningApp', back: 'xp' }),
    session_id: id('').nullable().references('sessions', { as: 'session', back: 'xp' }),
    date: date('').nullable(),
    total_value: float(''),
    org_ids: orgIds(),
  },
});
