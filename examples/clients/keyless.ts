/** Types of the graph without an id: a cache keeps them inside the row or the list in which it met them. */
export const keyless = [
  'Attempt',
  'CheatingInsight',
  'ProctoringInsight',
  'ResourceRelation',
  'StudentGuide',
  'StudentMastery',
  'StudentSchool',
  'StudentXp',
  'WasteInsight',
  'Caller',
  'CallerScope',
  'PageInfo',
];

/** What columns come to. */
export const summaries = ['BooleanSummary', 'DateSummary', 'DateTimeSummary', 'DistinctSummary', 'NumberSummary'];

/** The types behind the one interface, for fragments on it. */
export const possibleTypes = {
  CurriculumResource: ['Course', 'CurriculumItem', 'Lesson', 'Question', 'Test', 'Unit', 'UnresolvedResource'],
};
