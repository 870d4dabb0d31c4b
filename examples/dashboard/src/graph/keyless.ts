/** What has no id of its own lives in the cache inside the row, list or sum that it was met in. */
export const keyless = [
  'Caller',
  'PageInfo',
  'SchoolConnection',
  'SessionConnection',
  'StudentConnection',
  'StudentGuide',
  'StudentGuideConnection',
  'StudentMastery',
  'StudentMasteryConnection',
  'PlacementResultConnection',
  'StudentXp',
  'StudentXpConnection',
  'AggregatedSessionAttemptsConnection',
  'WasteInsight',
  'WasteInsightConnection',
];
