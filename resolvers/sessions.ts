import { pageByForeignKey } from '../loaders/lists/pages.ts';
import { resourceByKey } from '../loaders/resourceByKey.ts';
import type { Graph } from '../schema/graph.ts';
import { resourceKey } from '../schema/resources.ts';
import {
  aggregatedSessionAttempts,
  attempts,
  sessions,
  studentJournals,
  studentsXp,
} from '../schema/views/sessions.ts';

/** Learning sessions: what was tried in them, written in them and earned in them. */
export function sessionsResolvers(graph: Graph): void {
  const { builder, listOf, CurriculumResource, Student, LearningApp, Organization } = graph;
  const { Session, Attempt, AggregatedSessionAttempts, StudentJournal, StudentXp } = graph;
  const { Question, Test, Lesson, Unit, Course, CurriculumItem } = graph;

  builder.objectFields(Session, (t) => ({
    student: t.field({
      type: Student,
      description: 'Whose session it is; null if nobody is recorded, or nobody who is a student.',
      resolve: (session) => session.studentId,
    }),
    learningApp: t.field({
      type: LearningApp,
      description: 'The app; null where learningAppId is a client id that is no app id.',
      resolve: (session) => session.learningAppId,
    }),
    attempts: t.field({
      ...listOf(attempts, { description: 'First attempts made in it.' }),
      resolve: (session, args, context) => pageByForeignKey(context, attempts, 'session_id', session.id, args),
    }),
    sessionAttempts: t.field({
      ...listOf(aggregatedSessionAttempts, { description: 'Questions answered in it, summed up for each student.' }),
      resolve: (session, args, context) =>
        pageByForeignKey(context, aggregatedSessionAttempts, 'session_id', session.id, args),
    }),
    journals: t.field({
      ...listOf(studentJournals, { description: 'What was written in it.' }),
      resolve: (session, args, context) => pageByForeignKey(context, studentJournals, 'session_id', session.id, args),
    }),
    xp: t.field({
      ...listOf(studentsXp, { description: 'XP earned in it, by day.' }),
      resolve: (session, args, context) => pageByForeignKey(context, studentsXp, 'session_id', session.id, args),
    }),
  }));

  builder.objectFields(Attempt, (t) => ({
    student: t.field({ type: Student, description: 'Who tried.', resolve: (attempt) => attempt.studentId }),
    resource: t.field({
      type: CurriculumResource,
      description: 'What was tried: whatever the curriculum knows under resourceId.',
      resolve: (attempt, _, context) => resourceByKey(context, attempt.resourceId),
    }),
    session: t.field({
      type: Session,
      description: 'The session in which it was made; null if none is recorded.',
      resolve: (attempt) => attempt.sessionId,
    }),
  }));

  builder.objectFields(AggregatedSessionAttempts, (t) => ({
    session: t.field({ type: Session, description: 'The session.', resolve: (row) => row.sessionId }),
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
  }));

  builder.objectFields(StudentJournal, (t) => ({
    student: t.field({ type: Student, description: 'Who wrote it.', resolve: (journal) => journal.studentId }),
    session: t.field({
      type: Session,
      description: 'The session in which it was written.',
      resolve: (journal) => journal.sessionId,
    }),
    learningApp: t.field({
      type: LearningApp,
      description: 'The app in which it was written.',
      resolve: (journal) => journal.learningAppId,
    }),
  }));

  builder.objectFields(StudentXp, (t) => ({
    student: t.field({ type: Student, description: 'Who earned it.', resolve: (xp) => xp.studentId }),
    learningApp: t.field({
      type: LearningApp,
      description: 'The app in which it was earned.',
      resolve: (xp) => xp.learningAppId,
    }),
    session: t.field({
      type: Session,
      description: 'The session in which it was earned; null if none is recorded.',
      resolve: (xp) => xp.sessionId,
    }),
  }));

  // Lent to the types of other domains

  builder.objectFields(Student, (t) => ({
    sessions: t.field({
      ...listOf(sessions, { description: 'The student’s sessions.' }),
      resolve: (student, args, context) => pageByForeignKey(context, sessions, 'student_id', student.id, args),
    }),
    attempts: t.field({
      ...listOf(attempts, { description: 'The student’s first attempts.' }),
      resolve: (student, args, context) => pageByForeignKey(context, attempts, 'student_id', student.id, args),
    }),
    sessionAttempts: t.field({
      ...listOf(aggregatedSessionAttempts, {
        description: 'Questions that the student answered, summed up by session.',
      }),
      resolve: (student, args, context) =>
        pageByForeignKey(context, aggregatedSessionAttempts, 'student_id', student.id, args),
    }),
    journals: t.field({
      ...listOf(studentJournals, { description: 'What the student wrote.' }),
      resolve: (student, args, context) => pageByForeignKey(context, studentJournals, 'student_id', student.id, args),
    }),
    xp: t.field({
      ...listOf(studentsXp, { description: 'XP that the student earned, by app, session and day.' }),
      resolve: (student, args, context) => pageByForeignKey(context, studentsXp, 'student_id', student.id, args),
    }),
  }));

  builder.objectFields(LearningApp, (t) => ({
    sessions: t.field({
      ...listOf(sessions, { description: 'Sessions in the app, as far as they are recorded under its id.' }),
      resolve: (app, args, context) => pageByForeignKey(context, sessions, 'learning_app_id', app.id, args),
    }),
    journals: t.field({
      ...listOf(studentJournals, { description: 'What was written in the app.' }),
      resolve: (app, args, context) => pageByForeignKey(context, studentJournals, 'learning_app_id', app.id, args),
    }),
    xp: t.field({
      ...listOf(studentsXp, { description: 'XP earned in the app.' }),
      resolve: (app, args, context) => pageByForeignKey(context, studentsXp, 'learning_app_id', app.id, args),
    }),
  }));

  builder.objectFields(Organization, (t) => ({
    sessions: t.field({
      ...listOf(sessions, { description: 'Sessions of students who are in it now.' }),
      resolve: (organization, args, context) => pageByForeignKey(context, sessions, 'org_ids', organization.id, args),
    }),
  }));

  for (const Resource of [Question, Test, Lesson, Unit, Course, CurriculumItem]) {
    builder.objectFields(Resource, (t) => ({
      attempts: t.field({
        ...listOf(attempts, { description: 'First attempts at it.' }),
        resolve: (row, args, context) => pageByForeignKey(context, attempts, 'resource_id', resourceKey(row), args),
      }),
    }));
  }
}
