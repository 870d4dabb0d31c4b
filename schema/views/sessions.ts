import { boolean, date, dateTime, float, id, int, orgIds, prose, view } from '../view.ts';

export const sessions = view('sessions', {
  type: 'Session',
  domain: 'sessions',
  scope: 'rows',
  grain: ['id'],
  order: ['start_time desc'],
  description:
    'One sitting of a person at an app, closed or still open. A sitting whose person is unknown is seen by unrestricted callers only.',
  columns: {
    id: id(
      'Id as the app reported it, a UUID with or without a prefix, compared as written. Example: urn:uuid:6a9f2c51-0d3e-4b7a-8c14-5f20e9b7d613.',
    ),
    student_id: id('Whose session it is; not always somebody with a student role. Null when the app did not say.')
      .nullable()
      .references('students', { as: 'student', back: 'sessions' }),
    learning_app_id: id(
      'App that hosted it, by the id that the app gives itself; `learningApp` is found only where the two are equal. Null when not recorded.',
    )
      .nullable()
      .references('learning_apps', { as: 'learningApp', back: 'sessions' }),
    date: date(
      'UTC day of the start, which may not be the day on the wall of the classroom. Null when the start is unknown.',
    ).nullable(),
    start_time: dateTime(
      'Moment it began; for a session pieced together from activity, the first of it. Null when no start was recorded.',
    ).nullable(),
    end_time: dateTime(
      'Moment it ended; for a session pieced together from activity, the last of it. Null while it is open, also if nobody ever closed it.',
    ).nullable(),
    duration_sec: float(
      'Whole seconds from start to end, wasted time included. Example: 1964. Null unless both times are known.',
    ).nullable(),
    webcam_enabled: boolean(
      'Whether the camera was on; false also where nothing was recorded. Tells little unless the session was proctored.',
    ),
    is_proctored: boolean('Whether it was supervised; false also where nothing was recorded.'),
    org_ids: orgIds(),
  },
});

export const attempts = view('attempts', {
  type: 'Attempt',
  domain: 'sessions',
  scope: 'rows',
  grain: [],
  order: ['start_time desc'],
  description:
    'The first try of a student at a piece of content: a question, a lesson or anything else. Repeats are left out here but counted in the session totals, so the two may differ.',
  columns: {
    student_id: id('The student who made this first try.').references('students', { as: 'student', back: 'attempts' }),
    resource_id: id(
      'What she tried. The row does not tell its kind: `resource` looks through the curriculum, and knows the id alone where nothing fits.',
    ).references('resource', { as: 'resource', back: 'attempts' }),
    session_id: id('Session in which she tried. Null when none could be matched.')
      .nullable()
      .references('sessions', { as: 'session', back: 'attempts' }),
    date: date('UTC day of the start. Null when the start is unknown.').nullable(),
    start_time: dateTime('Moment she opened the content. Null when nobody recorded it.').nullable(),
    end_time: dateTime('Moment the try was over. Null while it is open, also if she gave up.').nullable(),
    duration_sec: float(
      'Whole seconds as the app counted them, else from start to end; the two may differ. Null when neither is known.',
    ).nullable(),
    is_correct: boolean(
      'True for full marks only; part of the marks is false. Null when nothing was scored, as with reading a lesson.',
    ).nullable(),
    org_ids: orgIds(),
  },
});

export const aggregatedSessionAttempts = view('aggregated_session_attempts', {
  type: 'AggregatedSessionAttempts',
  domain: 'sessions',
  scope: 'rows',
  grain: ['session_id', 'student_id'],
  order: ['date desc'],
  description:
    'How a student did on the questions of one session. Unlike attempts it counts repeats; a session without scored questions is a row of zeros.',
  columns: {
    session_id: id('The session that is summed up; tries outside any session are in no row.').references('sessions', {
      as: 'session',
      back: 'sessionAttempts',
    }),
    student_id: id('The student who is summed up; students who share a session have a row each.').references(
      'students',
      { as: 'student', back: 'sessionAttempts' },
    ),
    date: date('UTC day of her earliest try in the session. Null when none of the tries has a start.').nullable(),
    total_questions_answered: int('Tries that were scored, right or wrong; 0 when none was.'),
    total_questions_correct: int('Tries with full marks; never more than were answered.'),
    avg_duration_sec: float(
      'Mean length of her tries at questions, in whole seconds; tries of unknown length are left out. Null when no length is known.',
    ).nullable(),
    org_ids: orgIds(),
  },
});

export const studentJournals = view('student_journals', {
  type: 'StudentJournal',
  domain: 'sessions',
  scope: 'rows',
  grain: ['id'],
  order: ['timestamp desc'],
  description: 'A note that a student wrote during a session about how it went. These are a child’s own words.',
  columns: {
    id: id('Id of the note, a UUID; one session may hold several notes.'),
    student_id: id('The student who wrote it.').references('students', { as: 'student', back: 'journals' }),
    session_id: id('Session during which she wrote it.').references('sessions', { as: 'session', back: 'journals' }),
    learning_app_id: id(
      'App in which she wrote it, always one that is listed, unlike `Session.learningAppId`.',
    ).references('learning_apps', { as: 'learningApp', back: 'journals' }),
    journal_text: prose('What she wrote, plain text and unedited. Example: Long division makes sense now.').personal(),
    date: date('UTC day on which it was written, for counting by day.'),
    timestamp: dateTime('Moment at which it was written.'),
    org_ids: orgIds(),
  },
});

export const studentsXp = view('students_xp', {
  type: 'StudentXp',
  domain: 'sessions',
  scope: 'rows',
  grain: [],
  order: ['date desc'],
  description:
    'Experience points of a student for one app, one session and one UTC day, already added up. Points of no session or of no known day are rows of their own.',
  columns: {
    student_id: id('The student who earned the points.').references('students', { as: 'student', back: 'xp' }),
    learning_app_id: id('App that gave the points; there are none without an app.').references('learning_apps', {
      as: 'learningApp',
      back: 'xp',
    }),
    session_id: id('Session in which she earned them. Null when they came from outside a session.')
      .nullable()
      .references('sessions', { as: 'session', back: 'xp' }),
    date: date(
      'UTC day on which the points were booked, possibly later than the session. Null when the booking has no time.',
    ).nullable(),
    total_value: float(
      'Sum of the points; fractions occur, and corrections may take it to zero or below. Example: 150.',
    ),
    org_ids: orgIds(),
  },
});
