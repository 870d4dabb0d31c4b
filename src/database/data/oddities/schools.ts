import { addClass, addEnrollment, subjectClassId } from '../demo/classes.ts';
import { courseId } from '../demo/curriculum.ts';
import { sections } from '../demo/people.ts';
import { demoId } from '../ids.ts';
import { classes, courses, organizations, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

export const enrollments = {
  /** The same student in the same class, in two periods. */
  firstPeriod: demoId('enrollment/first period'),
  secondPeriod: demoId('enrollment/second period'),
  softDeleted: demoId('enrollment/soft deleted'),
  withoutPrimary: demoId('enrollment/without primary'),
  withoutBegin: demoId('enrollment/without begin'),
} as const;

const { cottonwood, tubman, lighthouse } = organizations;

export const oddSchools: readonly Oddity[] = [
  {
    name: 'a school without students',
    at: [organizations.willow],
    sql: `select from one_roster_organization o where id = $1 and type = 'school'
      and not exists (select from one_roster_role where org_id = o.id)
      and not exists (select from one_roster_class where school_id = o.id)`,
  },
  {
    name: 'a school under a school',
    at: [organizations.annex],
    sql: `select from one_roster_organization o join one_roster_organization p on p.id = o.parent_id
      where o.id = $1 and p.type = 'school'`,
  },
  {
    name: 'a school without a parent and without an identifier',
    at: [organizations.independent],
    sql: `select from one_roster_organization where id = $1 and parent_id is null and identifier is null`,
  },
  {
    name: 'a closed school, and one that is soft-deleted',
    at: [organizations.closed, organizations.softDeleted],
    sql: `select from one_roster_organization where id in ($1, $2) and status <> 'active' having count(*) = 2`,
  },
  {
    name: 'an organisation that is a department',
    at: [organizations.department],
    sql: `select from one_roster_organization where id = $1 and type = 'department'`,
  },
  {
    name: 'a department that bears the name of a school',
    at: [organizations.namesake],
    sql: `select from one_roster_organization n join one_roster_organization s using (name)
      where n.id = $1 and n.type = 'department' and s.type = 'school'`,
  },
];

/** Classes that lack something, and enrollments that say less or more than one plain row. */
export const oddClasses: readonly Oddity[] = [
  {
    name: 'a class without a school',
    at: [classes.withoutSchool],
    sql: `select from one_roster_class where id = $1 and school_id is null`,
    add: (data) => {
      const course = courseId('Mathematics 6');
      addClass(data, { id: classes.withoutSchool, title: 'Online mathematics', course, school: null });
      addEnrollment(data, { user: students.moved, class: classes.withoutSchool, begin: '2026-09-01' });
    },
  },
  {
    name: 'a class without a course',
    at: [classes.withoutCourse],
    sql: `select from one_roster_class where id = $1 and course_id is null`,
    add: (data) => {
      addClass(data, { id: classes.withoutCourse, title: 'Reading club', type: 'scheduled', school: lighthouse });
      addEnrollment(data, { user: students.hebrew, class: classes.withoutCourse, isPrimary: false });
    },
  },
  {
    name: 'a class of a course that never arrived',
    at: [classes.ofUnknownCourse],
    sql: `select from one_roster_class c where id = $1 and course_id is not null
      and not exists (select from one_roster_course where id = c.course_id)`,
    add: (data) => {
      addClass(data, { id: classes.ofUnknownCourse, title: 'Choir', course: courses.unknown, school: tubman });
      addEnrollment(data, { user: students.arabic, class: classes.ofUnknownCourse, begin: '2026-08-24' });
    },
  },
  {
    name: 'a course without a title, and an enrollment that does not say whether it is primary',
    at: [classes.ofUntitledCourse, enrollments.withoutPrimary],
    sql: `select from one_roster_class c
      join one_roster_course t on t.id = c.course_id
      join one_roster_enrollment e on e.class_id = c.id
      where c.id = $1 and t.title is null and e.id = $2 and e."primary" is null`,
    add: (data) => {
      const [id, course] = [classes.ofUntitledCourse, courses.untitledRoster];
      data.add('one_roster_course', { id: course, title: null });
      addClass(data, { id, title: 'Seminar', code: 'SEM-1', type: 'scheduled', course, school: cottonwood });
      addEnrollment(data, {
        id: enrollments.withoutPrimary,
        user: students.inTwoDistricts,
        class: id,
        isPrimary: null,
      });
    },
  },
  {
    name: 'a class without title, code, type, subject and grade',
    at: [classes.withoutTitle],
    sql: `select from one_roster_class c where id = $1 and coalesce(title, class_code, class_type) is null
      and not exists (select from one_roster_class_subject where class_id = c.id)`,
    add: (data) => {
      addClass(data, { id: classes.withoutTitle, title: null, school: cottonwood });
      addEnrollment(data, { user: students.decomposed, class: classes.withoutTitle });
    },
  },
  {
    name: 'a class that is inactive, and one that is soft-deleted, both with students',
    at: [classes.inactive, classes.softDeleted],
    sql: `select from one_roster_class c where id in ($1, $2) and status <> 'active'
      and exists (select from one_roster_enrollment where class_id = c.id) having count(*) = 2`,
    add: (data) => {
      for (const [id, status] of [
        [classes.inactive, 'inactive'],
        [classes.softDeleted, 'tobedeleted'],
      ] as const) {
        addClass(data, { id, title: 'Chess', course: courses.roboticsRoster, school: tubman, status });
        addEnrollment(data, { user: students.mononym, class: id, end: '2026-06-12', begin: '2026-01-05' });
      }
    },
  },
  {
    name: 'a class that names a subject twice, and once none',
    at: [classes.robotics],
    sql: `select from one_roster_class_subject where class_id = $1
      having count(*) = 4 and count(subject_id) = 3 and count(distinct subject_id) = 2`,
  },
  {
    name: 'a student twice in one class',
    at: [enrollments.firstPeriod, enrollments.secondPeriod],
    sql: `select from one_roster_enrollment where id in ($1, $2) group by user_id, class_id having count(*) = 2`,
    add: (data) => {
      const shared = { user: students.leavingLater, class: classes.robotics };
      const first = { begin: '2025-09-08', end: '2026-01-16', status: 'inactive' } as const;
      addEnrollment(data, { id: enrollments.firstPeriod, ...shared, ...first, isPrimary: false });
      addEnrollment(data, { id: enrollments.secondPeriod, ...shared, begin: '2026-09-14' });
    },
  },
  {
    name: 'an enrollment at a school where the student holds no role',
    at: [students.enrolledElsewhere],
    sql: `select from one_roster_enrollment e join one_roster_class c on c.id = e.class_id
      where e.user_id = $1 and c.school_id <> all (select org_id from one_roster_role where user_id = $1)`,
    add: (data) =>
      addEnrollment(data, { user: students.enrolledElsewhere, class: classes.robotics, begin: '2026-09-14' }),
  },
  {
    name: 'a soft-deleted enrollment',
    at: [enrollments.softDeleted],
    sql: `select from one_roster_enrollment where id = $1 and status = 'tobedeleted'`,
    add: (data) => {
      const section = sections.find(({ key }) => key === 'pelican/5B');
      if (section === undefined) throw new Error('The demo has no section 5B at Pelican Bay');
      addEnrollment(data, {
        id: enrollments.softDeleted,
        user: students.percent,
        class: subjectClassId(section, 'Science'),
        begin: '2019-08-19',
        status: 'tobedeleted',
      });
    },
  },
  {
    name: 'an enrollment whose begin nobody wrote down',
    at: [enrollments.withoutBegin],
    sql: `select from one_roster_enrollment where id = $1 and begin_date is null`,
    add: (data) =>
      addEnrollment(data, {
        id: enrollments.withoutBegin,
        user: students.injection,
        class: classes.robotics,
        begin: null,
        end: '2026-05-29',
        status: 'inactive',
      }),
  },
];
