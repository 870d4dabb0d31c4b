import { Chance } from '../chance.ts';
import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { classes, courses as courseIds } from '../landmarks.ts';
import { subjects } from './courses.ts';
import { courseId, type Course } from './curriculum.ts';
import { schools } from './organizations.ts';
import { sections, type Pupil, type Section } from './people.ts';
import { guideOf, type Staff } from './staff.ts';
import { caseSubjectId, gradeCode, gradeId } from './standards.ts';

export interface ClassFacts {
  readonly id: string;
  readonly title: string | null;
  readonly code?: string | null;
  readonly type?: 'homeroom' | 'scheduled' | null;
  readonly course?: string | null;
  readonly school: string | null;
  readonly status?: 'active' | 'inactive' | 'tobedeleted';
  readonly subjects?: readonly (string | null)[];
  readonly grades?: readonly (number | null)[];
}

export function addClass(data: Dataset, facts: ClassFacts): void {
  data.add('one_roster_class', {
    id: facts.id,
    title: facts.title,
    class_code: facts.code ?? null,
    class_type: facts.type ?? null,
    course_id: facts.course ?? null,
    school_id: facts.school,
    status: facts.status ?? 'active',
  });
  for (const subject of facts.subjects ?? []) {
    const subject_id = subject === null ? null : caseSubjectId(subject);
    data.add('one_roster_class_subject', { class_id: facts.id, subject_id });
  }
  for (const grade of facts.grades ?? []) {
    const placement_grade_id = grade === null ? null : gradeId(gradeCode(grade));
    data.add('one_roster_class_grade', { class_id: facts.id, placement_grade_id });
  }
}

export interface EnrollmentFacts {
  readonly id?: string;
  readonly user: string;
  readonly class: string;
  readonly role?: 'student' | 'teacher';
  readonly isPrimary?: boolean | null;
  readonly begin?: string | null;
  readonly end?: string | null;
  readonly status?: 'active' | 'inactive' | 'tobedeleted';
}

export function addEnrollment(data: Dataset, facts: EnrollmentFacts): void {
  const { user, isPrimary = true, begin = '2026-08-17', end = null, status = 'active' } = facts;
  data.add('one_roster_enrollment', {
    id: facts.id ?? demoId(`enrollment/${user}/${facts.class}`),
    user_id: user,
    class_id: facts.class,
    role: facts.role ?? 'student',
    primary: isPrimary,
    begin_date: begin,
    end_date: end,
    status,
  });
}

export function subjectClassId(section: Section, subject: string): string {
  return demoId(`class/${section.key}/${subject}`);
}

/** A homeroom and four subjects for each section, and a robotics club across the grades. */
export function addClasses(data: Dataset, staff: Staff, courses: readonly Course[], pupils: readonly Pupil[]): void {
  for (const { id, title } of courses) data.add('one_roster_course', { id, title });
  data.add('one_roster_course', { id: courseIds.roboticsRoster, title: 'Robotics club' });
  for (const section of sections) addSectionClasses(data, section, guideOf(staff, section));
  addClass(data, {
    id: classes.robotics,
    title: 'Robotics club',
    code: 'CLUB-ROB',
    type: 'scheduled',
    course: courseIds.roboticsRoster,
    school: schools.tubman.id,
    subjects: ['Mathematics', 'Science', 'Science', null],
    grades: [5, 6, 7, 8],
  });
  for (const pupil of pupils) if (!pupil.isBare) enrol(data, pupil);
}

function addSectionClasses(data: Dataset, { key, school, grade, label }: Section, guide: string): void {
  const id = demoId(`class/${key}/homeroom`);
  const code = `${school.key.slice(0, 3).toUpperCase()}-${label}`;
  const shared = { school: school.id, grades: [grade] };
  addClass(data, { id, title: `Homeroom ${label}`, code: `${code}-HR`, type: 'homeroom', ...shared });
  addEnrollment(data, { user: guide, class: id, role: 'teacher' });
  for (const subject of subjects) {
    const subjectClass = demoId(`class/${key}/${subject}`);
    addClass(data, {
      id: subjectClass,
      title: `${subject} ${label}`,
      code: `${code}-${subject.slice(0, 2).toUpperCase()}`,
      type: 'scheduled',
      course: courseId(`${subject} ${grade}`),
      subjects: [subject],
      ...shared,
    });
    addEnrollment(data, { user: guide, class: subjectClass, role: 'teacher', isPrimary: subject === 'Mathematics' });
  }
}

/** Most begin with the school year; a few came later, and a few of the courses have ended. */
function enrol(data: Dataset, { id, section }: Pupil): void {
  const chance = new Chance(`enrollment/${id}`);
  const begin = chance.happens(0.06) ? `2026-09-${10 + chance.between(0, 18)}` : '2026-08-17';
  addEnrollment(data, { user: id, class: demoId(`class/${section.key}/homeroom`), begin });
  for (const subject of subjects) {
    const hasLeft = chance.happens(0.02);
    addEnrollment(data, {
      user: id,
      class: subjectClassId(section, subject),
      isPrimary: subject === 'Mathematics' || chance.happens(0.5),
      begin,
      end: hasLeft ? '2026-10-09' : null,
      status: hasLeft ? 'inactive' : 'active',
    });
  }
  if (section.school === schools.tubman && section.grade >= 5 && chance.happens(0.3)) {
    addEnrollment(data, { user: id, class: classes.robotics, isPrimary: null, begin: '2026-09-14' });
  }
}
