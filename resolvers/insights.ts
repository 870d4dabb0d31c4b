import { pageByForeignKey } from '../loaders/lists/pages.ts';
import type { Graph } from '../schema/graph.ts';
import { cheatingInsights, proctoringInsights, recommendations, wasteInsights } from '../schema/views/insights.ts';

/** What was noticed in sessions, what it adds up to, and what students were advised to do. */
export function insightsResolvers(graph: Graph): void {
  const { builder, listOf, Session, Student, Recommendation } = graph;
  const { WasteInsight, CheatingInsight, ProctoringInsight, SessionWaste, SessionCheating, SessionProctoring } = graph;

  for (const Insight of [WasteInsight, CheatingInsight, ProctoringInsight]) {
    builder.objectFields(Insight, (t) => ({
      session: t.field({
        type: Session,
        description: 'The session in which it was noticed.',
        resolve: (row) => row.sessionId,
      }),
    }));
  }

  for (const Total of [SessionWaste, SessionCheating, SessionProctoring]) {
    builder.objectFields(Total, (t) => ({
      session: t.field({ type: Session, description: 'The session that it sums up.', resolve: (row) => row.sessionId }),
    }));
  }

  builder.objectFields(Recommendation, (t) => ({
    student: t.field({ type: Student, description: 'Who it is for.', resolve: (row) => row.studentId }),
  }));

  // Lent to the types of other domains

  builder.objectFields(Session, (t) => ({
    waste: t.field({
      type: SessionWaste,
      description: 'Its wasted time; null if there was none, which means zero.',
      resolve: (session) => session.id,
    }),
    cheating: t.field({
      type: SessionCheating,
      description: 'Its time of confirmed cheating; null if there was none, which means zero.',
      resolve: (session) => session.id,
    }),
    proctoring: t.field({
      type: SessionProctoring,
      description: 'Its time of proctoring violations; null if there was none, which means zero.',
      resolve: (session) => session.id,
    }),
    wasteInsights: t.field({
      ...listOf(wasteInsights, { description: 'Each waste of time that was noticed in it.' }),
      resolve: (session, args, context) => pageByForeignKey(context, wasteInsights, 'session_id', session.id, args),
    }),
    cheatingInsights: t.field({
      ...listOf(cheatingInsights, { description: 'Each case of cheating that was confirmed in it.' }),
      resolve: (session, args, context) => pageByForeignKey(context, cheatingInsights, 'session_id', session.id, args),
    }),
    proctoringInsights: t.field({
      ...listOf(proctoringInsights, { description: 'Each proctoring violation that was confirmed in it.' }),
      resolve: (session, args, context) =>
        pageByForeignKey(context, proctoringInsights, 'session_id', session.id, args),
    }),
  }));

  builder.objectFields(Student, (t) => ({
    recommendations: t.field({
      ...listOf(recommendations, { description: 'What the student was advised to do.' }),
      resolve: (student, args, context) => pageByForeignKey(context, recommendations, 'student_id', student.id, args),
    }),
  }));
}
