import { boolean, date, dateTime, float, id, ids, int, oneOf, orgIds, text, view } from '../view.ts';
import { status } from './vocabularies.ts';

const studentGuideRelationship = {
  name: 'StudentGuideRelationship',
  description: '',
  words: ['teacher', 'principal'],
} as const;

const studentSchoolLinkKind = {
  name: 'StudentSchoolLinkKind',
  description: '',
  words: ['primary_role', 'secondary_role', 'enrollment'],
} as const;

const classScheduling = {
  name: 'ClassScheduling',
  description: '',
  words: ['homeroom', 'scheduled'],
} as const;

const placementResultStatus = {
  name: 'PlacementResultStatus',
  description: '',
  words: ['NotStarted', 'InProgress', 'Completed'],
} as const;

export const students = view('students', {
  type: 'Student',
  domain: 'students',
  scope: 'rows',
  grain: ['id'],
  order: ['name'],
  description: '',
  columns: {
    id: id(''),
    name: text('').personal(),
    email: text('').personal(),
    org_ids: orgIds(),
  },
});

export const guides = view('guides', {
  type: 'Guide',
  domain: 'students',
  scope: 'rows',
  grain: ['id'],
  order: ['name'],
  description: '',
  columns: {
    id: id(''),
    name: text('').personal(),
    email: text('').nullable().personal(),
    org_ids: orgIds(),
  },
});

export const studentGuides = view('student_guides', {
  type: 'StudentGuide',
  domain: 'students',
  scope: 'rows',
  grain: [],
  order: ['begin_date desc'],
  crossings: [{ near: 'guide_id', far: 'student_id', as: 'students' }],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'guides' }),
    student_name: text('').personal(),
    guide_id: id('').references('guides', { as: 'guide', back: 'studentGuides' }),
    guide_name: text('').personal(),
    relationship_type: oneOf(studentGuideRelationship, ''),
    status: oneOf(status, ''),
    begin_date: date('').nullable(),
    end_date: date('').nullable(),
    assigned_date: dateTime(''),
    last_modified_date: dateTime(''),
    org_ids: orgIds(),
  },
});

export const schools = view('schools', {
  type: 'School',
  domain: 'students',
  scope: 'school',
  grain: ['id'],
  order: ['name'],
  description: '',
  columns: {
    id: id(''),
    name: text(''),
    identifier: text('').nullable(),
    parent_id: id('').nullable().references('schools', { as: 'parent', back: 'children' }),
    parent_name: text('').nullable(),
    status: oneOf(status, ''),
    student_count: int(''),
  },
});

export const studentSchools = view('student_schools', {
  type: 'StudentSchool',
  domain: 'students',
  scope: 'rows',
  grain: [],
  order: ['begin_date desc'],
  crossings: [{ near: 'school_id', far: 'student_id', as: 'students' }],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'schools' }),
    school_id: id('').references('schools', { as: 'school', back: 'studentSchools' }),
    school_name: text(''),
    link_kind: oneOf(studentSchoolLinkKind, ''),
    begin_date: date('').nullable(),
    end_date: date('').nullable(),
    org_ids: orgIds(),
  },
});

export const schoolUsageStats = view('school_usage_stats', {
  type: 'SchoolUsageStats',
  domain: 'students',
  scope: 'school',
  grain: ['school_id'],
  order: ['school_name'],
  description: '',
  columns: {
    school_id: id('').references('schools', { as: 'school', back: 'usage' }),
    school_name: text(''),
    student_count: int(''),
    total_app_time_sec: float(''),
    total_waste_time_sec: float(''),
  },
});

export const studentStartDates = view('student_start_dates', {
  type: 'StudentStartDates',
  domain: 'students',
  scope: 'rows',
  grain: ['student_id'],
  order: ['admission_date'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'startDates' }),
    admission_date: date('').nullable(),
    earliest_enrollment_date: date('').nullable(),
    earliest_map_date: date('').nullable(),
    org_ids: orgIds(),
  },
});

export const studentsEnrollments = view('students_enrollments', {
  type: 'StudentEnrollment',
  domain: 'students',
  scope: 'rows',
  grain: ['student_id', 'organization_name'],
  order: ['organization_name'],
  mayRepeat: true,
  deprecated: 'Use studentSchools: it carries the school id and says how the student is attached.',
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'enrollments' }),
    organization_name: text(''),
    org_ids: orgIds(),
  },
});

export const classes = view('classes', {
  type: 'Class',
  domain: 'students',
  scope: 'school',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text('').nullable(),
    class_code: text('').nullable(),
    class_type: oneOf(classScheduling, '').nullable(),
    course_id: id('').nullable().references('courses', { as: 'course', back: 'classes' }),
    course_title: text('').nullable(),
    school_id: id('').nullable().references('schools', { as: 'school', back: 'classes' }),
    school_name: text('').nullable(),
    status: oneOf(status, ''),
    subject_ids: ids('').references('case_subjects', { as: 'subjects', back: 'classes' }),
    grade_ids: ids('').references('grades', { as: 'grades', back: 'classes' }),
  },
});

export const classEnrollments = view('class_enrollments', {
  type: 'ClassEnrollment',
  domain: 'students',
  scope: 'student',
  grain: ['enrollment_id'],
  order: ['begin_date desc'],
  crossings: [{ near: 'class_id', far: 'student_id', as: 'students' }],
  description: '',
  columns: {
    enrollment_id: id(''),
    student_id: id('').references('students', { as: 'student', back: 'classEnrollments' }),
    class_id: id('').references('classes', { as: 'class', back: 'enrollments' }),
    class_title: text(''),
    course_id: id('').nullable().references('courses', { as: 'course', back: 'classEnrollments' }),
    course_title: text('').nullable(),
    school_id: id('').nullable().references('schools', { as: 'school', back: 'classEnrollments' }),
    school_name: text('').nullable(),
    role: text(''),
    is_primary: boolean(''),
    begin_date: date('').nullable(),
    end_date: date('').nullable(),
    status: oneOf(status, ''),
    subject_ids: ids('').references('case_subjects', { as: 'subjects', back: 'classEnrollments' }),
    grade_ids: ids('').references('grades', { as: 'grades', back: 'classEnrollments' }),
  },
});

export const courseEnrollments = view('course_enrollments', {
  type: 'CourseEnrollment',
  domain: 'students',
  scope: 'student',
  grain: ['student_id', 'course_id'],
  order: ['begin_date desc'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'courseEnrollments' }),
    course_id: id('').references('courses', { as: 'course', back: 'enrollments' }),
    course_title: text('').nullable(),
    school_ids: ids('').references('schools', { as: 'schools', back: 'courseEnrollments' }),
    subject_ids: ids('').references('case_subjects', { as: 'subjects', back: 'courseEnrollments' }),
    begin_date: date('').nullable(),
    end_date: date('').nullable(),
    has_primary: boolean('').nullable(),
    class_count: int(''),
  },
});

export const placementResults = view('placement_results', {
  type: 'PlacementResult',
  domain: 'students',
  scope: 'rows',
  grain: ['student_id', 'subject_id'],
  order: ['last_updated desc'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'placements' }),
    subject_id: id('').references('case_subjects', { as: 'subject', back: 'placements' }),
    grade_id: id('').nullable().references('grades', { as: 'grade', back: 'placements' }),
    placement_status: oneOf(placementResultStatus, ''),
    last_updated: dateTime('').nullable(),
    org_ids: orgIds(),
  },
});

export const studentsMastery = view('students_mastery', {
  type: 'StudentMastery',
  domain: 'students',
  scope: 'rows',
  grain: [],
  order: ['mastery_timestamp desc'],
  description: '',
  columns: {
    student_id: id('').references('students', { as: 'student', back: 'mastery' }),
    mastery_percentage: float('').nullable(),
    curriculum_item_id: id('').nullable().references('curriculum_items', { as: 'curriculumItem', back: 'mastery' }),
    mastery_timestamp: dateTime('').nullable(),
    learning_app_id: id('').nullable().references('learning_apps', { as: 'learningApp', back: 'mastery' }),
    org_ids: orgIds(),
  },
});
