import { pageAcross, pageByForeignKey } from '../loaders/lists/pages.ts';
import type { Graph } from '../schema/graph.ts';
import {
  classEnrollments,
  classes,
  courseEnrollments,
  guides,
  placementResults,
  schools,
  studentGuides,
  students,
  studentSchools,
  studentsEnrollments,
  studentsMastery,
} from '../schema/views/students.ts';

/** The items of an array of keys stay in its order: null stands for what is not there or not visible. */
const partly = { list: true, items: true } as const;

/** Students and guides, their schools and classes, where they were placed and what they have mastered. */
export function studentsResolvers(graph: Graph): void {
  const { builder, listOf, Organization, Course, CaseSubject, Grade, CurriculumItem, LearningApp } = graph;
  const {
    Student,
    Guide,
    StudentGuide,
    School,
    StudentSchool,
    SchoolUsageStats,
    StudentStartDates,
    StudentEnrollment,
  } = graph;
  const { Class, ClassEnrollment, CourseEnrollment, PlacementResult, StudentMastery } = graph;

  // Guides

  builder.objectFields(StudentGuide, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    guide: t.field({
      type: Guide,
      description: 'The guide; null if she works outside your organisations or is no teacher or principal.',
      resolve: (row) => row.guideId,
    }),
  }));

  builder.objectFields(Guide, (t) => ({
    students: t.field({
      ...listOf(students, {
        description: 'Students with a tie to her, also an ended or deleted one, each once.',
        overTime: true,
      }),
      resolve: (guide, args, context) =>
        pageAcross(context, studentGuides, { near: 'guide_id', far: 'student_id' }, guide.id, args),
    }),
    studentGuides: t.field({
      ...listOf(studentGuides, {
        description: 'Her relationships with students, ended ones included.',
        overTime: true,
      }),
      resolve: (guide, args, context) => pageByForeignKey(context, studentGuides, 'guide_id', guide.id, args),
    }),
  }));

  // Schools and organisations

  builder.objectFields(School, (t) => ({
    parent: t.field({
      type: School,
      description: 'The school that it belongs to; null where the parent is a district, see parentId.',
      resolve: (school) => school.parentId,
    }),
    children: t.field({
      ...listOf(schools, { description: 'The schools that belong to it.' }),
      resolve: (school, args, context) => pageByForeignKey(context, schools, 'parent_id', school.id, args),
    }),
    usage: t.field({
      type: SchoolUsageStats,
      description: 'Its totals of students, app time and waste.',
      resolve: (school) => school.id,
    }),
    students: t.field({
      ...listOf(students, {
        description: 'Students who are or were attached to it in any way, each once.',
        overTime: true,
      }),
      resolve: (school, args, context) =>
        pageAcross(context, studentSchools, { near: 'school_id', far: 'student_id' }, school.id, args),
    }),
    studentSchools: t.field({
      ...listOf(studentSchools, {
        description: 'How students are or were attached to it: a row for each way and period.',
        overTime: true,
      }),
      resolve: (school, args, context) => pageByForeignKey(context, studentSchools, 'school_id', school.id, args),
    }),
    classes: t.field({
      ...listOf(classes, { description: 'The classes that it offers.' }),
      resolve: (school, args, context) => pageByForeignKey(context, classes, 'school_id', school.id, args),
    }),
    classEnrollments: t.field({
      ...listOf(classEnrollments, { description: 'Enrolments in its classes, ended ones included.', overTime: true }),
      resolve: (school, args, context) => pageByForeignKey(context, classEnrollments, 'school_id', school.id, args),
    }),
    courseEnrollments: t.field({
      ...listOf(courseEnrollments, { description: 'Who takes which course in its classes.', overTime: true }),
      resolve: (school, args, context) => pageByForeignKey(context, courseEnrollments, 'school_ids', school.id, args),
    }),
  }));

  builder.objectFields(SchoolUsageStats, (t) => ({
    school: t.field({ type: School, description: 'The school.', resolve: (row) => row.schoolId }),
  }));

  builder.objectFields(StudentSchool, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    school: t.field({ type: School, description: 'The school.', resolve: (row) => row.schoolId }),
  }));

  builder.objectFields(Organization, (t) => ({
    school: t.field({
      type: School,
      description: 'The school that it is; null for a district.',
      resolve: (organization) => organization.id,
    }),
    schools: t.field({
      ...listOf(schools, { description: 'The schools directly under it.' }),
      resolve: (organization, args, context) => pageByForeignKey(context, schools, 'parent_id', organization.id, args),
    }),
    students: t.field({
      ...listOf(students, { description: 'Students who are in it now.' }),
      resolve: (organization, args, context) => pageByForeignKey(context, students, 'org_ids', organization.id, args),
    }),
    guides: t.field({
      ...listOf(guides, { description: 'Guides who are in it now.' }),
      resolve: (organization, args, context) => pageByForeignKey(context, guides, 'org_ids', organization.id, args),
    }),
  }));

  // Classes and courses

  builder.objectFields(Class, (t) => ({
    course: t.field({
      type: Course,
      description: 'The course that it teaches; null if the curriculum does not know courseId.',
      resolve: (row) => row.courseId,
    }),
    school: t.field({ type: School, description: 'The school that offers it.', resolve: (row) => row.schoolId }),
    subjects: t.field({
      type: [CaseSubject],
      nullable: partly,
      description: 'The CASE subjects that it covers, in the order of subjectIds.',
      resolve: (row) => row.subjectIds,
    }),
    grades: t.field({
      type: [Grade],
      nullable: partly,
      description: 'The grades that it is meant for, in the order of gradeIds.',
      resolve: (row) => row.gradeIds,
    }),
    students: t.field({
      ...listOf(students, {
        description: 'Students with an enrolment in it, also an ended or deleted one, each once.',
        overTime: true,
      }),
      resolve: (row, args, context) =>
        pageAcross(context, classEnrollments, { near: 'class_id', far: 'student_id' }, row.id, args),
    }),
    enrollments: t.field({
      ...listOf(classEnrollments, { description: 'Its enrolments, ended ones included.', overTime: true }),
      resolve: (row, args, context) => pageByForeignKey(context, classEnrollments, 'class_id', row.id, args),
    }),
  }));

  builder.objectFields(ClassEnrollment, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    class: t.field({ type: Class, description: 'The class.', resolve: (row) => row.classId }),
    course: t.field({
      type: Course,
      description: 'The course of the class; null if the curriculum does not know courseId.',
      resolve: (row) => row.courseId,
    }),
    school: t.field({ type: School, description: 'The school of the class.', resolve: (row) => row.schoolId }),
    subjects: t.field({
      type: [CaseSubject],
      nullable: partly,
      description: 'The CASE subjects of the class, in the order of subjectIds.',
      resolve: (row) => row.subjectIds,
    }),
    grades: t.field({
      type: [Grade],
      nullable: partly,
      description: 'The grades of the class, in the order of gradeIds.',
      resolve: (row) => row.gradeIds,
    }),
  }));

  builder.objectFields(CourseEnrollment, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    course: t.field({
      type: Course,
      description: 'The course; null if the curriculum does not know courseId.',
      resolve: (row) => row.courseId,
    }),
    schools: t.field({
      type: [School],
      nullable: partly,
      description: 'Where the student takes it, in the order of schoolIds.',
      resolve: (row) => row.schoolIds,
    }),
    subjects: t.field({
      type: [CaseSubject],
      nullable: partly,
      description: 'The CASE subjects of its classes, in the order of subjectIds.',
      resolve: (row) => row.subjectIds,
    }),
  }));

  builder.objectFields(Course, (t) => ({
    classes: t.field({
      ...listOf(classes, { description: 'The classes that teach it.' }),
      resolve: (course, args, context) => pageByForeignKey(context, classes, 'course_id', course.id, args),
    }),
    enrollments: t.field({
      ...listOf(courseEnrollments, { description: 'Who takes it.', overTime: true }),
      resolve: (course, args, context) => pageByForeignKey(context, courseEnrollments, 'course_id', course.id, args),
    }),
    classEnrollments: t.field({
      ...listOf(classEnrollments, { description: 'Enrolments in its classes.', overTime: true }),
      resolve: (course, args, context) => pageByForeignKey(context, classEnrollments, 'course_id', course.id, args),
    }),
  }));

  builder.objectFields(CaseSubject, (t) => ({
    classes: t.field({
      ...listOf(classes, { description: 'The classes that cover it.' }),
      resolve: (subject, args, context) => pageByForeignKey(context, classes, 'subject_ids', subject.id, args),
    }),
    classEnrollments: t.field({
      ...listOf(classEnrollments, { description: 'Enrolments in classes that cover it.', overTime: true }),
      resolve: (subject, args, context) => pageByForeignKey(context, classEnrollments, 'subject_ids', subject.id, args),
    }),
    courseEnrollments: t.field({
      ...listOf(courseEnrollments, { description: 'Who takes a course whose classes cover it.', overTime: true }),
      resolve: (subject, args, context) =>
        pageByForeignKey(context, courseEnrollments, 'subject_ids', subject.id, args),
    }),
    placements: t.field({
      ...listOf(placementResults, { description: 'Placements in it.' }),
      resolve: (subject, args, context) => pageByForeignKey(context, placementResults, 'subject_id', subject.id, args),
    }),
  }));

  builder.objectFields(Grade, (t) => ({
    classes: t.field({
      ...listOf(classes, { description: 'The classes that are meant for it.' }),
      resolve: (grade, args, context) => pageByForeignKey(context, classes, 'grade_ids', grade.id, args),
    }),
    classEnrollments: t.field({
      ...listOf(classEnrollments, { description: 'Enrolments in classes that are meant for it.', overTime: true }),
      resolve: (grade, args, context) => pageByForeignKey(context, classEnrollments, 'grade_ids', grade.id, args),
    }),
    placements: t.field({
      ...listOf(placementResults, { description: 'Placements that ended at it.' }),
      resolve: (grade, args, context) => pageByForeignKey(context, placementResults, 'grade_id', grade.id, args),
    }),
  }));

  // Placement, mastery and the anchors of a student's time

  builder.objectFields(PlacementResult, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    subject: t.field({ type: CaseSubject, description: 'The CASE subject.', resolve: (row) => row.subjectId }),
    grade: t.field({
      type: Grade,
      description: 'Where the student was placed; null until the placement is completed.',
      resolve: (row) => row.gradeId,
    }),
  }));

  builder.objectFields(StudentMastery, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
    curriculumItem: t.field({
      type: CurriculumItem,
      description: 'What was mastered; null if the credential names no item.',
      resolve: (row) => row.curriculumItemId,
    }),
    learningApp: t.field({
      type: LearningApp,
      description: 'The app whose curriculum holds the item.',
      resolve: (row) => row.learningAppId,
    }),
  }));

  builder.objectFields(CurriculumItem, (t) => ({
    mastery: t.field({
      ...listOf(studentsMastery, { description: 'Who has mastered it how far.' }),
      resolve: (item, args, context) =>
        pageByForeignKey(context, studentsMastery, 'curriculum_item_id', item.curriculumItemId, args),
    }),
  }));

  builder.objectFields(LearningApp, (t) => ({
    mastery: t.field({
      ...listOf(studentsMastery, { description: 'Mastery of items of its curriculum.' }),
      resolve: (app, args, context) => pageByForeignKey(context, studentsMastery, 'learning_app_id', app.id, args),
    }),
  }));

  builder.objectFields(StudentStartDates, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
  }));

  builder.objectFields(StudentEnrollment, (t) => ({
    student: t.field({ type: Student, description: 'The student.', resolve: (row) => row.studentId }),
  }));

  builder.objectFields(Student, (t) => ({
    guides: t.field({
      ...listOf(studentGuides, { description: 'Who guides or guided the student, and when.', overTime: true }),
      resolve: (student, args, context) => pageByForeignKey(context, studentGuides, 'student_id', student.id, args),
    }),
    schools: t.field({
      ...listOf(studentSchools, {
        description: 'How the student is or was attached to schools: a row for each way and period.',
        overTime: true,
      }),
      resolve: (student, args, context) => pageByForeignKey(context, studentSchools, 'student_id', student.id, args),
    }),
    startDates: t.field({
      type: StudentStartDates,
      description: 'Admission, first enrolment and first MAP test.',
      resolve: (student) => student.id,
    }),
    classEnrollments: t.field({
      ...listOf(classEnrollments, {
        description: 'The student’s enrolments in classes, ended ones included.',
        overTime: true,
      }),
      resolve: (student, args, context) => pageByForeignKey(context, classEnrollments, 'student_id', student.id, args),
    }),
    courseEnrollments: t.field({
      ...listOf(courseEnrollments, { description: 'The courses that the student takes or took.', overTime: true }),
      resolve: (student, args, context) => pageByForeignKey(context, courseEnrollments, 'student_id', student.id, args),
    }),
    placements: t.field({
      ...listOf(placementResults, { description: 'The student’s placement in each subject.' }),
      resolve: (student, args, context) => pageByForeignKey(context, placementResults, 'student_id', student.id, args),
    }),
    mastery: t.field({
      ...listOf(studentsMastery, { description: 'What the student has mastered, and how far.' }),
      resolve: (student, args, context) => pageByForeignKey(context, studentsMastery, 'student_id', student.id, args),
    }),
    enrollments: t.field({
      ...listOf(studentsEnrollments, {
        description: 'Organisations of any type in which the student holds a role, by name.',
      }),
      deprecationReason: 'Use schools: it carries the school id and says how the student is attached.',
      resolve: (student, args, context) =>
        pageByForeignKey(context, studentsEnrollments, 'student_id', student.id, args),
    }),
  }));
}
