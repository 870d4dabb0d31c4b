import { demoId } from './ids.ts';

/**
 * Names for the ids of the demo data that a test or a page of the docs wants to point at. Most stand for something odd
 * that real data hold as well; `oddities.ts` says what, and how to see it.
 */
export const organizations = {
  cedarValley: demoId('organization/cedar valley'),
  juniper: demoId('organization/juniper'),
  cottonwood: demoId('organization/cottonwood'),
  tubman: demoId('organization/tubman'),
  harborview: demoId('organization/harborview'),
  pelican: demoId('organization/pelican'),
  beacon: demoId('organization/beacon'),
  lighthouse: demoId('organization/lighthouse'),
  /** Opens next year: no student yet. */
  willow: demoId('organization/willow'),
  /** A school under a school. */
  annex: demoId('organization/annex'),
  /** Under no district, without an identifier. */
  independent: demoId('organization/independent'),
  closed: demoId('organization/closed'),
  softDeleted: demoId('organization/soft deleted'),
  department: demoId('organization/department'),
  /** A department that bears the name of a school. */
  namesake: demoId('organization/namesake'),
} as const;

export const students = {
  /** Nothing odd about her: the one to show. */
  maya: demoId('student/maya'),
  inTwoSchools: demoId('student/in two schools'),
  inTwoDistricts: demoId('student/in two districts'),
  former: demoId('student/former'),
  inactive: demoId('student/inactive'),
  future: demoId('student/future'),
  leavingLater: demoId('student/leaving later'),
  moved: demoId('student/moved'),
  enrolledElsewhere: demoId('student/enrolled elsewhere'),
  withoutGuide: demoId('student/without guide'),
  atDepartment: demoId('student/at department'),
  atDistrictOnly: demoId('student/at district only'),
  withoutDates: demoId('student/without dates'),
  admittedBySecondary: demoId('student/admitted by secondary'),
  /** Was a pupil at one school, teaches at another. */
  nowTeacher: demoId('student/now teacher'),
  mononym: demoId('student/mononym'),
  familyNameOnly: demoId('student/family name only'),
  namesakeOne: demoId('student/namesake one'),
  namesakeTwo: demoId('student/namesake two'),
  percent: demoId('student/percent'),
  underscore: demoId('student/underscore'),
  backslash: demoId('student/backslash'),
  quotes: demoId('student/quotes'),
  injection: demoId('student/injection'),
  emoji: demoId('student/emoji'),
  arabic: demoId('student/arabic'),
  hebrew: demoId('student/hebrew'),
  chinese: demoId('student/chinese'),
  decomposed: demoId('student/decomposed'),
  upperCaseMail: demoId('student/upper case mail'),
} as const;

export const adults = {
  districtLeader: demoId('adult/district leader'),
  /** Teaches Maya. */
  guide: demoId('adult/guide'),
  guideWithoutStudents: demoId('adult/guide without students'),
  guideOfAnotherSchool: demoId('adult/guide of another school'),
  guideWithoutMail: demoId('adult/guide without mail'),
  parentAndTeacher: demoId('adult/parent and teacher'),
  teacherAndPrincipal: demoId('adult/teacher and principal'),
  formerTeacher: demoId('adult/former teacher'),
  parent: demoId('adult/parent'),
  /** Guides a student, yet holds no role of a guide. */
  aide: demoId('adult/aide'),
} as const;

/** Neither students nor guides, though something says so. */
export const outsiders = {
  softDeletedStudent: demoId('outsider/soft deleted student'),
  enrolledWithoutRole: demoId('outsider/enrolled without role'),
} as const;

export const classes = {
  /** Four grades, two subjects. */
  robotics: demoId('class/robotics'),
  withoutSchool: demoId('class/without school'),
  withoutCourse: demoId('class/without course'),
  ofUnknownCourse: demoId('class/of unknown course'),
  ofUntitledCourse: demoId('class/of untitled course'),
  withoutTitle: demoId('class/without title'),
  inactive: demoId('class/inactive'),
  softDeleted: demoId('class/soft deleted'),
} as const;

export const courses = {
  roboticsRoster: demoId('roster course/robotics'),
  untitledRoster: demoId('roster course/untitled'),
  unknown: demoId('roster course/never delivered'),
} as const;

export const apps = {
  numberGrove: demoId('app/number grove'),
  pageAndLantern: demoId('app/page and lantern'),
  wordsmithYard: demoId('app/wordsmith yard'),
  fieldNotebook: demoId('app/field notebook'),
  summit: demoId('app/summit'),
  fluent: demoId('app/fluent'),
  checkpoint: demoId('app/checkpoint'),
  console: demoId('app/console'),
  untyped: demoId('app/untyped'),
} as const;
