/** Rows without an id: a cache keeps them inside the row or the list in which it met them. */
const rows = [
  'Attempt',
  'CheatingInsight',
  'ProctoringInsight',
  'ResourceRelation',
  'StudentGuide',
  'StudentMastery',
  'StudentSchool',
  'StudentXp',
  'WasteInsight',
];

/** What has sums and groups beside its lists. */
const summed = [
  'AggregatedSessionAttempts',
  'Attempt',
  'CheatingInsight',
  'ClassEnrollment',
  'CourseEnrollment',
  'PlacementResult',
  'ProctoringInsight',
  'Recommendation',
  'SessionCheating',
  'Session',
  'SessionProctoring',
  'SessionWaste',
  'StudentGuide',
  'StudentJournal',
  'StudentMastery',
  'StudentSchool',
  'StudentStartDates',
  'StudentXp',
  'WasteInsight',
];

/** What has lists. */
const listed = [
  'CaseCourse',
  'CaseSubject',
  'Class',
  'Course',
  'CurriculumItem',
  'Grade',
  'Guide',
  'LearningApp',
  'LearningAppSubject',
  'Lesson',
  'Question',
  'QuestionTest',
  'ResourceRelation',
  'School',
  'SchoolUsageStats',
  'Student',
  'StudentEnrollment',
  'Subject',
  'Test',
  'TestParent',
  'Unit',
  'UnitCourse',
  ...summed,
];

const namedAfter = (types: readonly string[], ...endings: readonly string[]) =>
  types.flatMap((type) => endings.map((ending) => `${type}${ending}`));

/** There is one of them where it stands, and two queries may ask different things of it. */
export const parts = [
  ...namedAfter(listed, 'Connection'),
  ...namedAfter(summed, 'Summary', 'Groups'),
  'BooleanSummary',
  'DateSummary',
  'DateTimeSummary',
  'DistinctSummary',
  'NumberSummary',
  'Metrics',
  'Metric',
  'Caller',
  'CallerScope',
  'PageInfo',
];

/** All types of the graph without an id. */
export const keyless = [
  ...parts,
  ...rows,
  ...namedAfter(listed, 'Edge'),
  ...namedAfter(summed, 'Group', 'GroupKey'),
  'TimeBucket',
  'MetricCaveat',
  'MetricPoint',
  'CatalogView',
  'CatalogJoin',
];

/** The types behind the one interface, for fragments on it. */
export const possibleTypes = {
  CurriculumResource: ['Course', 'CurriculumItem', 'Lesson', 'Question', 'Test', 'Unit', 'UnresolvedResource'],
};
