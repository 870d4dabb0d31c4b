import type { Graph } from '../schema/graph.ts';
import { createMetricTypes } from '../schema/metrics/types.ts';

/** The metrics of students, of those who belong together, and of everybody. */
export function metricsResolvers(graph: Graph): void {
  const { builder, calendar, Student, School, Guide, Class, LearningApp, Organization } = graph;
  const { metricsOf, metricSeriesOf } = createMetricTypes(builder, calendar);

  builder.queryFields((t) => ({
    metrics: t.field(metricsOf('everything', 'all students')),
    metricSeries: t.field(metricSeriesOf('everything')),
  }));

  builder.objectFields(Student, (t) => ({
    metrics: t.field(metricsOf('student', 'the student')),
    metricSeries: t.field(metricSeriesOf('student')),
  }));

  builder.objectFields(School, (t) => ({
    metrics: t.field(metricsOf('school', 'the students of the school, on the days on which they belonged to it,')),
    metricSeries: t.field(metricSeriesOf('school')),
  }));

  builder.objectFields(Guide, (t) => ({
    metrics: t.field(metricsOf('guide', 'the students of the guide, on the days on which she guided them,')),
    metricSeries: t.field(metricSeriesOf('guide')),
  }));

  builder.objectFields(Class, (t) => ({
    metrics: t.field(
      metricsOf('class', 'the students of the class, in class and elsewhere, on the days on which they were in it,'),
    ),
    metricSeries: t.field(metricSeriesOf('class')),
  }));

  builder.objectFields(LearningApp, (t) => ({
    metrics: t.field(metricsOf('app', 'students in this app')),
    metricSeries: t.field(metricSeriesOf('app')),
  }));

  builder.objectFields(Organization, (t) => ({
    metrics: t.field(metricsOf('organization', 'the students who are in the organisation today')),
    metricSeries: t.field(metricSeriesOf('organization')),
  }));
}
