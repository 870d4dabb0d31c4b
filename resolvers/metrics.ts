import type { Graph } from '../schema/graph.ts';
import { createMetrics } from '../schema/metrics/types.ts';

/** The metrics of students, of those who belong together, and of everybody. */
export function metricsResolvers(graph: Graph): void {
  const { builder, calendar, Student, School, Guide, Class, LearningApp, Organization } = graph;
  const metricsOf = createMetrics(builder, calendar);

  builder.queryField('metrics', (t) => t.field(metricsOf('everything', 'all students')));
  builder.objectField(Student, 'metrics', (t) => t.field(metricsOf('student', 'the student')));
  builder.objectField(School, 'metrics', (t) =>
    t.field(metricsOf('school', 'the students of the school, on the days on which they belonged to it,')),
  );
  builder.objectField(Guide, 'metrics', (t) =>
    t.field(metricsOf('guide', 'the students of the guide, on the days on which she guided them,')),
  );
  builder.objectField(Class, 'metrics', (t) =>
    t.field(
      metricsOf('class', 'the students of the class, in class and elsewhere, on the days on which they were in it,'),
    ),
  );
  builder.objectField(LearningApp, 'metrics', (t) => t.field(metricsOf('app', 'students in this app')));
  builder.objectField(Organization, 'metrics', (t) =>
    t.field(metricsOf('organization', 'the students who are in the organisation today')),
  );
}
