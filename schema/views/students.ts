import { boolean, date, dateTime, float, id, ids, int, oneOf, orgIds, text, view } from '../view.ts';
import { status } from './vocabularies.ts';

const studentGuideRelationship = {
  name: 'StudentGuideRelationship',
  description: 'As what an adult guides a student. Family ties are not part of this graph.',
  words: ['teacher', 'principal'],
} as const;

const studentSchoolLinkKind = {
  name: 'StudentSchoolLinkKind',
  description:
    'What ties a student to a school: her main role there, another role there, or a seat in one of its classes.',
  words: ['primary_role', 'secondary_role', 'enrollment'],
} as const;

const classScheduling = {
  name: 'ClassScheduling',
  description: 'Whether a class is a homeroom or one of the timetable.',
  words: ['homeroom', 'scheduled'],
} as const;

const placementResultStatus = {
  name: 'PlacementResultStatus',
  description: 'How far the placement of a student in a subject has come.',
  words: ['NotStarted', 'InProgress', 'Completed'],
} as const;

export const students = view('students', {
  type: 'Student',
  domain: 'students',
  scope: 'rows',
  grain: ['id'],
  order: ['name'],
  description:
    'A person who holds a student role or once held one. You see her only while one of her current organisations is in your scope.',
  columns: {
    id: id('Id of the person, a UUID; the value of every `studentId`.'),
    name: text(
      'Given name, a space, family name. Two students may share one, so tell them apart by id. Example: Ada Lovelace.',
    ).personal(),
    email: text(
      'Address at school, in upper and lower case as recorded. Nobody else has it, whatever the case. Example: ada@school.example.',
    ).personal(),
    org_ids: orgIds(),
  },
});

export const guides = view('guides', {
  type: 'Guide',
  domain: 'students',
  scope: 'rows',
  grain: ['id'],
  order: ['name'],
  description:
    'An adult with a teacher or principal role, whether or not students are assigned to her. The role decides, so somebody may guide a student and still not be listed here.',
  columns: {
    id: id('Id of the person, a UUID; the value of every `guideId`.'),
    name: text(
      'Given name, a space, family name; one of them alone where the other is missing. Example: Maria Gonzalez.',
    ).personal(),
    email: text('Address to write to. Null when the roster knows none for this person.').nullable().personal(),
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
  description:
    'One stretch of time in which a teacher or principal guides a student. Stretches that are over stay in the list, so filter by dates or status to find the guide of today.',
  columns: {
    student_id: id('The student who is guided; she may have several guides at once.').references('students', {
      as: 'student',
      back: 'guides',
    }),
    student_name: text('Name of the student, the same text as `student.name`.').personal(),
    guide_id: id(
      'The adult who guides; `guide` is null if she holds no role of a guide or works outside your organisations.',
    ).references('guides', { as: 'guide', back: 'studentGuides' }),
    guide_name: text('Name of the adult, readable even where `guide` is null.').personal(),
    relationship_type: oneOf(studentGuideRelationship, 'Whether the adult guides as the teacher or as the principal.'),
    status: oneOf(status, 'Whether the tie still stands; with an end date it turns INACTIVE.'),
    begin_date: date(
      'First day of the guidance. Null when nobody recorded it: read it as open towards the past.',
    ).nullable(),
    end_date: date('Day on which the guidance was over. Null while it goes on.').nullable(),
    assigned_date: dateTime(
      'Moment at which the tie was put on record, possibly long after it began; `beginDate` has the real start.',
    ),
    last_modified_date: dateTime(
      'Moment of the last edit of this record; the same as `assignedDate` if there was none.',
    ),
    org_ids: orgIds(),
  },
});

export const schools = view('schools', {
  type: 'School',
  domain: 'students',
  scope: 'school',
  grain: ['id'],
  order: ['name'],
  description:
    'A school, also one that is closed or deleted. Districts and departments are not listed and show up only as a parent.',
  columns: {
    id: id('Id of the school, a UUID; it is also the id of the school as an organisation.'),
    name: text('Name of the school; two schools may share one. Example: Lincoln Elementary.'),
    identifier: text(
      'Number of the school in its own student records system. Example: SCH-00042. Null when that system gave none.',
    ).nullable(),
    parent_id: id(
      'Organisation above the school, mostly a district; `parent` finds it only if it is a school itself. Null when the school stands alone.',
    )
      .nullable()
      .references('schools', { as: 'parent', back: 'children' }),
    parent_name: text(
      'Name of the organisation above, also where it is a district. Null when the school stands alone.',
    ).nullable(),
    status: oneOf(status, 'Whether the roster still runs the school; all three states are listed.'),
    student_count: int(
      'Students who are or ever were at the school, by a role or a class, each counted once. Counts students you may not see.',
    ),
  },
});

export const studentSchools = view('student_schools', {
  type: 'StudentSchool',
  domain: 'students',
  scope: 'rows',
  grain: [],
  order: ['begin_date desc'],
  crossings: [{ near: 'school_id', far: 'student_id', as: 'students' }],
  description:
    'One way and one period in which a student belongs to a school. A student can have several rows for the same school: count students, not rows.',
  columns: {
    student_id: id('The student who belongs to the school, once for each way and period.').references('students', {
      as: 'student',
      back: 'schools',
    }),
    school_id: id('The school that she belongs to; never a district or a department.').references('schools', {
      as: 'school',
      back: 'studentSchools',
    }),
    school_name: text('Name of that school, readable even where the school itself is outside your scope.'),
    link_kind: oneOf(
      studentSchoolLinkKind,
      'What ties the student to the school: her main role, another role, or a class.',
    ),
    begin_date: date(
      'First day of this tie. Null when nobody recorded it: read it as open towards the past.',
    ).nullable(),
    end_date: date('Day on which this tie was over. Null while it has no end.').nullable(),
    org_ids: orgIds(),
  },
});

export const schoolUsageStats = view('school_usage_stats', {
  type: 'SchoolUsageStats',
  domain: 'students',
  scope: 'school',
  grain: ['school_id'],
  order: ['school_name'],
  description:
    'The figures of one school: its students, their time in apps, their wasted time. A student of two schools counts fully in both, so do not add schools up.',
  columns: {
    school_id: id('The school that the figures are about; schools without students have a row too.').references(
      'schools',
      { as: 'school', back: 'usage' },
    ),
    school_name: text('Name of the school, the same text as `school.name`.'),
    student_count: int(
      'Students who are or ever were at the school, each counted once; 0 for an empty school. Equal to `School.studentCount`.',
    ),
    total_app_time_sec: float(
      'Seconds in finished sessions of all these students, in any app and at any time; waste is not taken off. Example: 1284560 is about 357 hours.',
    ),
    total_waste_time_sec: float(
      'Seconds of waste insights of all these students; overlapping ones count twice. 0 when there are none.',
    ),
  },
});

export const studentStartDates = view('student_start_dates', {
  type: 'StudentStartDates',
  domain: 'students',
  scope: 'rows',
  grain: ['student_id'],
  order: ['admission_date'],
  description:
    'Three answers to when a student started: admission, first class, first MAP test. Each is found on its own and none stands in for another.',
  columns: {
    student_id: id('The student whose dates these are; one row each, even with no date at all.').references(
      'students',
      { as: 'student', back: 'startDates' },
    ),
    admission_date: date(
      'Day of admission to the main school, else to any other; often a copy of the day her role began. Null when no school role has one.',
    ).nullable(),
    earliest_enrollment_date: date(
      'Her first day in any class, also one that is over. Null when no enrolment has a start.',
    ).nullable(),
    earliest_map_date: date(
      'Day of her first finished MAP test, that is of a valid result with a report. Null when there is none yet.',
    ).nullable(),
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
  description:
    'For older clients only: a student and the name of an organisation where she has or had a role. Organisations of one name cannot be told apart; classes play no part.',
  columns: {
    student_id: id('The student who holds or held the role.').references('students', {
      as: 'student',
      back: 'enrollments',
    }),
    organization_name: text(
      'Name of a school, a district or any other organisation; not a key. Example: Springfield District.',
    ),
    org_ids: orgIds(),
  },
});

export const classes = view('classes', {
  type: 'Class',
  domain: 'students',
  scope: 'school',
  grain: ['id'],
  order: ['title'],
  description:
    'One section of a course, held at a school, with or without students. Titles and codes come back from school to school; only the id tells sections apart.',
  columns: {
    id: id('Id of the class, a UUID; the value of every `classId`.'),
    title: text(
      'Name of the class. Example: Algebra I - Period 3. Null when it has none; enrolments then say "N/A".',
    ).nullable(),
    class_code: text(
      'Code of the class in the records of its school. Example: MATH-101-P3. Null when it has none.',
    ).nullable(),
    class_type: oneOf(
      classScheduling,
      'Whether it is a homeroom or a scheduled class. Null when the roster does not say.',
    ).nullable(),
    course_id: id(
      'Roster course that is taught; `course` finds it only where the content library has the same id. Null when the class follows no course.',
    )
      .nullable()
      .references('courses', { as: 'course', back: 'classes' }),
    course_title: text('Name of that course in the roster. Null when there is no course or it has no name.').nullable(),
    school_id: id(
      'School where the class is taught. Null when none is given; only unrestricted callers see such a class.',
    )
      .nullable()
      .references('schools', { as: 'school', back: 'classes' }),
    school_name: text('Name of that school. Null when there is no school or it has no name.').nullable(),
    status: oneOf(status, 'Whether the class still runs; deleted ones stay in the list as TO_BE_DELETED.'),
    subject_ids: ids('CASE subjects that are taught, each once; empty when none is mapped.').references(
      'case_subjects',
      { as: 'subjects', back: 'classes' },
    ),
    grade_ids: ids(
      'Grade levels that the class is meant for, each once; empty when none is set. A mixed class has several.',
    ).references('grades', { as: 'grades', back: 'classes' }),
  },
});

export const classEnrollments = view('class_enrollments', {
  type: 'ClassEnrollment',
  domain: 'students',
  scope: 'student',
  grain: ['enrollment_id'],
  order: ['begin_date desc'],
  crossings: [{ near: 'class_id', far: 'student_id', as: 'students' }],
  description:
    'One stay of a student in a class. Past and deleted stays are kept, and whoever leaves and returns has two: filter by dates and status for the class list of today.',
  columns: {
    enrollment_id: id('Id of this stay, a UUID; a return to the class has another one.'),
    student_id: id('The student who attends. Whoever may see her may see the row.').references('students', {
      as: 'student',
      back: 'classEnrollments',
    }),
    class_id: id('The class that she attends; `class` is null where its school is outside your scope.').references(
      'classes',
      { as: 'class', back: 'enrollments' },
    ),
    class_title: text('Name of the class, or "N/A" where `Class.title` is null. Example: Grade 4 Math, Section A.'),
    course_id: id(
      'Roster course that the class follows; not every one is in the content library. Null when it follows none.',
    )
      .nullable()
      .references('courses', { as: 'course', back: 'classEnrollments' }),
    course_title: text(
      'Name of that course in the roster. Null when the class follows no course or the course has no name.',
    ).nullable(),
    school_id: id(
      'School that holds the class, which need not be one where the student has a role. Null when the class names none.',
    )
      .nullable()
      .references('schools', { as: 'school', back: 'classEnrollments' }),
    school_name: text('Name of that school. Null when the class names none.').nullable(),
    role: text('Always "student": teachers and other adults of the class are left out.'),
    is_primary: boolean('Whether it is her main enrolment in the class; an unmarked one reads false.'),
    begin_date: date(
      'First day in the class. Null when nobody recorded it: read it as open towards the past.',
    ).nullable(),
    end_date: date('Day on which the stay was over. Null while it has no end.').nullable(),
    status: oneOf(status, 'State of the record itself, beside its dates; deleted stays are kept as TO_BE_DELETED.'),
    subject_ids: ids('CASE subjects of the class, each once; empty when it has none.').references('case_subjects', {
      as: 'subjects',
      back: 'classEnrollments',
    }),
    grade_ids: ids(
      'Grade levels that the class is meant for, each once; empty when it has none. The level of the student is in her placements.',
    ).references('grades', { as: 'grades', back: 'classEnrollments' }),
  },
});

export const courseEnrollments = view('course_enrollments', {
  type: 'CourseEnrollment',
  domain: 'students',
  scope: 'student',
  grain: ['student_id', 'course_id'],
  order: ['begin_date desc'],
  description:
    'A student and a course, summed up over all her classes of that course. Classes without a course and deleted enrolments do not count.',
  columns: {
    student_id: id('The student who takes the course. Whoever may see her may see the row.').references('students', {
      as: 'student',
      back: 'courseEnrollments',
    }),
    course_id: id(
      'Roster course that she takes; `course` is null where the content library has no such id.',
    ).references('courses', { as: 'course', back: 'enrollments' }),
    course_title: text(
      'Name of the course in the roster. Null when the roster has no such course or no name for it.',
    ).nullable(),
    school_ids: ids('Schools where she takes it, each once; empty when none of the classes names one.').references(
      'schools',
      { as: 'schools', back: 'courseEnrollments' },
    ),
    subject_ids: ids(
      'CASE subjects of the classes, each once; empty when they have none. Where the course itself is filed plays no part.',
    ).references('case_subjects', { as: 'subjects', back: 'courseEnrollments' }),
    begin_date: date('Her earliest known first day in one of the classes. Null when no start is known.').nullable(),
    end_date: date(
      'Day on which the last of the classes was over. Null while one of them has no end, even if the others are over.',
    ).nullable(),
    has_primary: boolean(
      'Whether one of the enrolments is her main one. Null when none of them says yes or no.',
    ).nullable(),
    class_count: int('How many different classes stand behind the row, at least 1. Two stays in one class count once.'),
  },
});

export const placementResults = view('placement_results', {
  type: 'PlacementResult',
  domain: 'students',
  scope: 'rows',
  grain: ['student_id', 'subject_id'],
  order: ['last_updated desc'],
  description:
    'How far a student has been placed in a subject, and where. The row is there before she takes any test, so read the status before the grade.',
  columns: {
    student_id: id('The student who is being placed, once for each subject.').references('students', {
      as: 'student',
      back: 'placements',
    }),
    subject_id: id('CASE subject of the placement; `subject` is a CaseSubject.').references('case_subjects', {
      as: 'subject',
      back: 'placements',
    }),
    grade_id: id('Grade level that she was placed at. Null until the placement is COMPLETED.')
      .nullable()
      .references('grades', { as: 'grade', back: 'placements' }),
    placement_status: oneOf(placementResultStatus, 'How far it has come. Every placement begins as NOT_STARTED.'),
    last_updated: dateTime(
      'Moment at which the placement last changed. Null when the source kept no such time.',
    ).nullable(),
    org_ids: orgIds(),
  },
});

export const studentsMastery = view('students_mastery', {
  type: 'StudentMastery',
  domain: 'students',
  scope: 'rows',
  grain: [],
  order: ['mastery_timestamp desc'],
  description:
    'One credential: how well a student has mastered one curriculum item. She may earn several for the same item, and none replaces another.',
  columns: {
    student_id: id('The student who earned the credential.').references('students', { as: 'student', back: 'mastery' }),
    mastery_percentage: float(
      'From 0 to 100, two decimals. Example: 87.5. Null when the credential has no result, which is not the same as 0.',
    ).nullable(),
    curriculum_item_id: id(
      'What was mastered, mostly a standard; the row knows neither subject nor grade. Null when the credential names no item.',
    )
      .nullable()
      .references('curriculum_items', { as: 'curriculumItem', back: 'mastery' }),
    mastery_timestamp: dateTime(
      'Moment of the award, not of the work that led to it. Null when it was not kept.',
    ).nullable(),
    learning_app_id: id(
      'App that covers the item, worked out from the framework the item belongs to. Null when no app covers it.',
    )
      .nullable()
      .references('learning_apps', { as: 'learningApp', back: 'mastery' }),
    org_ids: orgIds(),
  },
});
