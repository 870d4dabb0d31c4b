/**
 * Which views can be joined on which column, and the way that leads there in the graph: a path of edges from the type of the
 * view. Two words stand for what is no path: `organizations` for the column that scopes a row, and `id` for a key that no
 * other view carries.
 */
export type Join = Readonly<Record<string, string>> | 'organizations' | 'id';

export const joins: Readonly<Record<string, Readonly<Record<string, Join>>>> = {
  aggregated_session_attempts: {
    session_id: { sessions: 'session' },
    student_id: { students: 'student' },
    org_ids: 'organizations',
  },
  attempts: {
    student_id: { students: 'student' },
    resource_id: {
      questions: 'resource',
      tests: 'resource',
      lessons: 'resource',
      units: 'resource',
      courses: 'resource',
    },
    session_id: { sessions: 'session' },
    org_ids: 'organizations',
  },
  case_courses: {
    id: { curriculum_items: 'curriculumItem' },
    case_subject_id: { case_subjects: 'caseSubject' },
  },
  case_subjects: {
    id: {
      placement_results: 'placements',
      course_enrollments: 'courseEnrollments',
      case_courses: 'caseCourses',
      classes: 'classes',
      class_enrollments: 'classEnrollments',
    },
  },
  cheating_insights: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
  class_enrollments: {
    student_id: { students: 'student' },
    class_id: { classes: 'class' },
    course_id: { courses: 'course' },
    school_id: { schools: 'school' },
    subject_ids: { case_subjects: 'subjects' },
    grade_ids: { grades: 'grades' },
  },
  classes: {
    id: { class_enrollments: 'enrollments' },
    course_id: { courses: 'course' },
    school_id: { schools: 'school' },
    subject_ids: { case_subjects: 'subjects' },
    grade_ids: { grades: 'grades' },
  },
  course_enrollments: {
    student_id: { students: 'student' },
    course_id: { courses: 'course' },
    school_ids: { schools: 'schools' },
    subject_ids: { case_subjects: 'subjects' },
  },
  courses: {
    id: { units: 'units', unit_courses: 'unitCourses', lessons: 'children', tests: 'tests', questions: 'children' },
    subject_id: { subjects: 'subject' },
  },
  curriculum_items: {
    curriculum_item_id: { students_mastery: 'mastery' },
  },
  grades: {
    id: { placement_results: 'placements', classes: 'classes', class_enrollments: 'classEnrollments' },
  },
  guides: {
    id: { student_guides: 'studentGuides' },
    org_ids: 'organizations',
  },
  learning_app_subjects: {
    learning_app_id: { learning_apps: 'learningApp' },
    subject_title: { subjects: 'subjects' },
  },
  learning_apps: {
    id: {
      sessions: 'sessions',
      students_xp: 'xp',
      student_journals: 'journals',
      students_mastery: 'mastery',
      learning_app_subjects: 'learningAppSubjects',
    },
  },
  lessons: {
    id: { attempts: 'attempts', questions: 'children', sessions: 'attempts.session' },
  },
  placement_results: {
    student_id: { students: 'student' },
    subject_id: { case_subjects: 'subject' },
    grade_id: { grades: 'grade' },
    org_ids: 'organizations',
  },
  proctoring_insights: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
  question_tests: {
    question_id: { questions: 'question' },
    test_id: { tests: 'test' },
  },
  questions: {
    id: { question_tests: 'questionTests', tests: 'tests', attempts: 'attempts' },
  },
  recommendations: {
    id: 'id',
    student_id: { students: 'student' },
    org_ids: 'organizations',
  },
  resource_relations: {
    source_resource_id: {
      courses: 'source',
      units: 'source',
      lessons: 'source',
      tests: 'source',
      questions: 'source',
    },
    destination_resource_id: {
      courses: 'destination',
      units: 'destination',
      lessons: 'destination',
      tests: 'destination',
      questions: 'destination',
    },
  },
  school_usage_stats: {
    school_id: { schools: 'school.parent' },
  },
  schools: {
    id: { student_schools: 'studentSchools', school_usage_stats: 'usage', classes: 'classes' },
    parent_id: { schools: 'parent' },
  },
  sessions: {
    id: {
      attempts: 'attempts',
      aggregated_session_attempts: 'sessionAttempts',
      students_xp: 'xp',
      student_journals: 'journals',
      waste_insights: 'wasteInsights',
      cheating_insights: 'cheatingInsights',
      proctoring_insights: 'proctoringInsights',
      sessions_waste: 'waste',
      sessions_cheating: 'cheating',
      sessions_proctoring: 'proctoring',
    },
    student_id: { students: 'student' },
    learning_app_id: { learning_apps: 'learningApp' },
    org_ids: 'organizations',
  },
  sessions_cheating: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
  sessions_proctoring: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
  sessions_waste: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
  student_guides: {
    student_id: { students: 'student' },
    guide_id: { guides: 'guide' },
    org_ids: 'organizations',
  },
  student_journals: {
    id: 'id',
    student_id: { students: 'student' },
    session_id: { sessions: 'session' },
    learning_app_id: { learning_apps: 'learningApp' },
    org_ids: 'organizations',
  },
  student_schools: {
    student_id: { students: 'student' },
    school_id: { schools: 'school' },
    org_ids: 'organizations',
  },
  student_start_dates: {
    student_id: { students: 'student' },
    org_ids: 'organizations',
  },
  students: {
    id: {
      sessions: 'sessions',
      attempts: 'attempts',
      aggregated_session_attempts: 'sessionAttempts',
      students_xp: 'xp',
      students_mastery: 'mastery',
      student_journals: 'journals',
      recommendations: 'recommendations',
      student_guides: 'guides',
      student_schools: 'schools',
      student_start_dates: 'startDates',
      students_enrollments: 'enrollments',
      placement_results: 'placements',
      class_enrollments: 'classEnrollments',
      course_enrollments: 'courseEnrollments',
    },
    org_ids: 'organizations',
  },
  students_enrollments: {
    student_id: { students: 'student' },
    org_ids: 'organizations',
  },
  students_mastery: {
    student_id: { students: 'student' },
    curriculum_item_id: {
      curriculum_items: 'curriculumItem',
      case_subjects: 'curriculumItem.caseCourse.caseSubject',
    },
    learning_app_id: { learning_apps: 'learningApp' },
    org_ids: 'organizations',
  },
  students_xp: {
    student_id: { students: 'student' },
    learning_app_id: { learning_apps: 'learningApp' },
    session_id: { sessions: 'session' },
    org_ids: 'organizations',
  },
  subjects: {
    id: { courses: 'courses', units: 'courses.units', lessons: 'courses.children' },
  },
  test_parents: {
    test_id: { tests: 'test' },
    parent_id: { courses: 'parent', units: 'parent', lessons: 'parent' },
  },
  tests: {
    id: { questions: 'questions', attempts: 'attempts', test_parents: 'testParents' },
  },
  unit_courses: {
    unit_id: { units: 'unit' },
    course_id: { courses: 'course' },
  },
  units: {
    id: { lessons: 'children', tests: 'tests', questions: 'children', unit_courses: 'unitCourses' },
  },
  waste_insights: {
    session_id: { sessions: 'session', students: 'session.student' },
    org_ids: 'organizations',
  },
};
