import type { Source } from './source.ts';

/**
 * For each view that filters itself: whatever gives a person one row in it, and no organisation. Where a role is needed, it
 * ended long ago.
 */
export const personRows: Readonly<Record<string, (add: Source, person: string) => Promise<void>>> = {
  students: formerStudent,
  student_start_dates: formerStudent,
  students_enrollments: formerStudent,
  student_schools: formerStudent,
  async guides(add, user_id) {
    await add.role({ user_id, org_id: await add.organization(), role: 'teacher', end_date: longAgo });
  },
  async student_guides(add, person) {
    await add.agent({ source_user_id: person, agent_user_id: await add.user() });
  },
  async placement_results(add, person) {
    await add.placement({ student_id: person, subject_id: await add.subject() });
  },
  async students_mastery(add, person) {
    await add.credential({ achievement_id: await add.achievement(), credential_subject_id: person });
  },
  async recommendations(add, person) {
    await add.recommendation({ user_id: person });
  },
  async sessions(add, person) {
    await add.session({ user_id: person });
  },
  async attempts(add, person) {
    await add.attempt({ assignee_id: person });
  },
  async aggregated_session_attempts(add, person) {
    const attempt_id = await add.attempt({ assignee_id: person });
    // The session is of nobody, so that the attempt alone says whose row it is.
    await add.event({ attempt_id, session_id: await add.session() });
  },
  async students_xp(add, person) {
    await add.xp({ user_id: person, application_id: await add.app(), value: 5 });
  },
  async student_journals(add, person) {
    await insight(add, person, () => add.journalType());
  },
  waste_insights: (add, person) => insight(add, person, () => add.insightType({ is_waste: true })),
  sessions_waste: (add, person) => insight(add, person, () => add.insightType({ is_waste: true })),
  cheating_insights: (add, person) => insight(add, person, () => add.insightType({ category: 'Cheating' })),
  sessions_cheating: (add, person) => insight(add, person, () => add.insightType({ category: 'Cheating' })),
  proctoring_insights: (add, person) => insight(add, person, () => add.insightType({ category: 'Proctoring' })),
  sessions_proctoring: (add, person) => insight(add, person, () => add.insightType({ category: 'Proctoring' })),
};

const longAgo = '2020-06-12';

async function formerStudent(add: Source, user_id: string): Promise<void> {
  await add.role({ user_id, org_id: await add.organization(), end_date: longAgo });
}

async function insight(add: Source, user_id: string, type: () => Promise<string>): Promise<void> {
  const session_id = await add.insightsSession({
    // The session itself is of nobody: whose insight it is, the insights session says.
    caliper_session_id: await add.session(),
    user_id,
    application_id: await add.app(),
    is_proctored: true,
  });
  await add.insight({ session_id, insight_type_id: await type() });
}
