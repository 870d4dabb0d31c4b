/**
 * What the oracle knows of the views beside their columns: which keys meet, by which name the graph calls the way there and
 * the way back, what makes a row unique, and in which order a list comes that asks for none.
 *
 * It is written down here once more, from the description of the views, so that a slip in the catalogue shows.
 */
import { facts } from '../../catalogue/facts.ts';

/** Where a key stands, the key that it means, and the names of the ways in both directions; `*` leads to many rows. */
export const keys: readonly (readonly [from: string, to: string, there: string, back: string])[] = [
  ['aggregated_session_attempts.session_id', 'sessions.id', 'session', 'sessionAttempts*'],
  ['aggregated_session_attempts.student_id', 'students.id', 'student', 'sessionAttempts*'],
  ['attempts.resource_id', 'resource', 'resource', 'attempts*'],
  ['attempts.session_id', 'sessions.id', 'session', 'attempts*'],
  ['attempts.student_id', 'students.id', 'student', 'attempts*'],
  ['case_courses.case_subject_id', 'case_subjects.id', 'caseSubject', 'caseCourses*'],
  ['case_courses.id', 'curriculum_items.curriculum_item_id', 'curriculumItem', 'caseCourse'],
  ['cheating_insights.session_id', 'sessions.id', 'session', 'cheatingInsights*'],
  ['class_enrollments.class_id', 'classes.id', 'class', 'enrollments*'],
  ['class_enrollments.course_id', 'courses.id', 'course', 'classEnrollments*'],
  ['class_enrollments.grade_ids', 'grades.id', 'grades*', 'classEnrollments*'],
  ['class_enrollments.school_id', 'schools.id', 'school', 'classEnrollments*'],
  ['class_enrollments.student_id', 'students.id', 'student', 'classEnrollments*'],
  ['class_enrollments.subject_ids', 'case_subjects.id', 'subjects*', 'classEnrollments*'],
  ['classes.course_id', 'courses.id', 'course', 'classes*'],
  ['classes.grade_ids', 'grades.id', 'grades*', 'classes*'],
  ['classes.school_id', 'schools.id', 'school', 'classes*'],
  ['classes.subject_ids', 'case_subjects.id', 'subjects*', 'classes*'],
  ['course_enrollments.course_id', 'courses.id', 'course', 'enrollments*'],
  ['course_enrollments.school_ids', 'schools.id', 'schools*', 'courseEnrollments*'],
  ['course_enrollments.student_id', 'students.id', 'student', 'courseEnrollments*'],
  ['course_enrollments.subject_ids', 'case_subjects.id', 'subjects*', 'courseEnrollments*'],
  ['courses.subject_id', 'subjects.id', 'subject', 'courses*'],
  ['learning_app_subjects.learning_app_id', 'learning_apps.id', 'learningApp', 'learningAppSubjects*'],
  ['learning_app_subjects.subject_title', 'subjects.title', 'subjects*', 'learningAppSubjects*'],
  ['placement_results.grade_id', 'grades.id', 'grade', 'placements*'],
  ['placement_results.student_id', 'students.id', 'student', 'placements*'],
  ['placement_results.subject_id', 'case_subjects.id', 'subject', 'placements*'],
  ['proctoring_insights.session_id', 'sessions.id', 'session', 'proctoringInsights*'],
  ['question_tests.question_id', 'questions.id', 'question', 'questionTests*'],
  ['question_tests.test_id', 'tests.id', 'test', 'questionTests*'],
  ['recommendations.student_id', 'students.id', 'student', 'recommendations*'],
  ['resource_relations.destination_resource_id', 'resource', 'destination', 'relationsAsDestination*'],
  ['resource_relations.source_resource_id', 'resource', 'source', 'relationsAsSource*'],
  ['school_usage_stats.school_id', 'schools.id', 'school', 'usage'],
  ['schools.parent_id', 'schools.id', 'parent', 'children*'],
  ['sessions.learning_app_id', 'learning_apps.id', 'learningApp', 'sessions*'],
  ['sessions.student_id', 'students.id', 'student', 'sessions*'],
  ['sessions_cheating.session_id', 'sessions.id', 'session', 'cheating'],
  ['sessions_proctoring.session_id', 'sessions.id', 'session', 'proctoring'],
  ['sessions_waste.session_id', 'sessions.id', 'session', 'waste'],
  ['student_guides.guide_id', 'guides.id', 'guide', 'studentGuides*'],
  ['student_guides.student_id', 'students.id', 'student', 'guides*'],
  ['student_journals.learning_app_id', 'learning_apps.id', 'learningApp', 'journals*'],
  ['student_journals.session_id', 'sessions.id', 'session', 'journals*'],
  ['student_journals.student_id', 'students.id', 'student', 'journals*'],
  ['student_schools.school_id', 'schools.id', 'school', 'studentSchools*'],
  ['student_schools.student_id', 'students.id', 'student', 'schools*'],
  ['student_start_dates.student_id', 'students.id', 'student', 'startDates'],
  ['students_enrollments.student_id', 'students.id', 'student', 'enrollments*'],
  ['students_mastery.curriculum_item_id', 'curriculum_items.curriculum_item_id', 'curriculumItem', 'mastery*'],
  ['students_mastery.learning_app_id', 'learning_apps.id', 'learningApp', 'mastery*'],
  ['students_mastery.student_id', 'students.id', 'student', 'mastery*'],
  ['students_xp.learning_app_id', 'learning_apps.id', 'learningApp', 'xp*'],
  ['students_xp.session_id', 'sessions.id', 'session', 'xp*'],
  ['students_xp.student_id', 'students.id', 'student', 'xp*'],
  ['test_parents.parent_id', 'parent', 'parent', 'testParents*'],
  ['test_parents.test_id', 'tests.id', 'test', 'testParents*'],
  ['unit_courses.course_id', 'courses.id', 'course', 'unitCourses*'],
  ['unit_courses.unit_id', 'units.id', 'unit', 'unitCourses*'],
  ['waste_insights.session_id', 'sessions.id', 'session', 'wasteInsights*'],
];

/** What a key may mean that does not say the type of what it means. */
export const openKeys: Readonly<Record<string, readonly string[]>> = {
  resource: ['questions', 'tests', 'lessons', 'units', 'courses', 'curriculum_items'],
  parent: ['lessons', 'units', 'courses', 'curriculum_items'],
};

/** Views that are crossed without being named: from the row that the first column means to those that the second means. */
export const bridges: readonly (readonly [view: string, near: string, far: string, name: string])[] = [
  ['class_enrollments', 'class_id', 'student_id', 'students*'],
  ['question_tests', 'question_id', 'test_id', 'tests*'],
  ['question_tests', 'test_id', 'question_id', 'questions*'],
  ['resource_relations', 'source_resource_id', 'destination_resource_id', 'parents*'],
  ['resource_relations', 'destination_resource_id', 'source_resource_id', 'children*'],
  ['student_guides', 'guide_id', 'student_id', 'students*'],
  ['student_schools', 'school_id', 'student_id', 'students*'],
  ['test_parents', 'parent_id', 'test_id', 'tests*'],
  ['unit_courses', 'course_id', 'unit_id', 'units*'],
  ['unit_courses', 'unit_id', 'course_id', 'courses*'],
];

/** What makes a row unique, and before it what a list is ordered by. Without the one, all columns but the organisations. */
export const orders: Readonly<Record<string, { readonly order: string; readonly unique: readonly string[] }>> = {
  aggregated_session_attempts: { order: 'date desc', unique: ['session_id', 'student_id'] },
  attempts: { order: 'start_time desc', unique: [] },
  case_courses: { order: 'title', unique: ['id'] },
  case_subjects: { order: 'title', unique: ['id'] },
  cheating_insights: { order: 'started_at_time desc', unique: [] },
  class_enrollments: { order: 'begin_date desc', unique: ['enrollment_id'] },
  classes: { order: 'title', unique: ['id'] },
  course_enrollments: { order: 'begin_date desc', unique: ['student_id', 'course_id'] },
  courses: { order: 'title', unique: ['id'] },
  curriculum_items: { order: 'curriculum_item_code', unique: ['curriculum_item_id'] },
  grades: { order: 'order_number', unique: ['id'] },
  guides: { order: 'name', unique: ['id'] },
  learning_app_subjects: { order: 'subject_title', unique: ['learning_app_id', 'subject_title'] },
  learning_apps: { order: 'name', unique: ['id'] },
  lessons: { order: 'title', unique: ['id'] },
  placement_results: { order: 'last_updated desc', unique: ['student_id', 'subject_id'] },
  proctoring_insights: { order: 'started_at_time desc', unique: [] },
  question_tests: { order: 'test_id', unique: ['question_id', 'test_id'] },
  questions: { order: 'title', unique: ['id'] },
  recommendations: { order: 'generated_at desc', unique: ['id'] },
  resource_relations: { order: 'destination_resource_id, item_order, source_resource_id', unique: [] },
  school_usage_stats: { order: 'school_name', unique: ['school_id'] },
  schools: { order: 'name', unique: ['id'] },
  sessions: { order: 'start_time desc', unique: ['id'] },
  sessions_cheating: { order: 'cheating_duration_sec desc', unique: ['session_id'] },
  sessions_proctoring: { order: 'proctoring_duration_sec desc', unique: ['session_id'] },
  sessions_waste: { order: 'waste_duration_sec desc', unique: ['session_id'] },
  student_guides: { order: 'begin_date desc', unique: [] },
  student_journals: { order: 'timestamp desc', unique: ['id'] },
  student_schools: { order: 'begin_date desc', unique: [] },
  student_start_dates: { order: 'admission_date', unique: ['student_id'] },
  students: { order: 'name', unique: ['id'] },
  // Its source may repeat a row, so nothing is unique, although it has an id.
  students_enrollments: { order: 'organization_name', unique: [] },
  students_mastery: { order: 'mastery_timestamp desc', unique: [] },
  students_xp: { order: 'date desc', unique: [] },
  subjects: { order: 'title', unique: ['id'] },
  test_parents: { order: 'test_id', unique: ['test_id', 'parent_id'] },
  tests: { order: 'title', unique: ['id'] },
  unit_courses: { order: 'course_id', unique: ['unit_id', 'course_id'] },
  units: { order: 'title', unique: ['id'] },
  waste_insights: { order: 'started_at_time desc', unique: [] },
};

const unordered = Object.keys(facts).filter((view) => !(view in orders));
if (unordered.length > 0) throw new Error(`test/graph/support/keys.ts knows no order of ${unordered.join(', ')}.`);

/** Texts too long to sort by: in the order that tells rows apart their hash stands for them. */
export const longTexts: ReadonlySet<string> = new Set([
  'case_subjects.description',
  'cheating_insights.description',
  'curriculum_items.curriculum_item_title',
  'proctoring_insights.description',
  'recommendations.content',
  'recommendations.feedback_text',
  'student_journals.journal_text',
  'waste_insights.description',
]);
