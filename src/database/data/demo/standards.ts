import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { subjects } from './courses.ts';
import type { Course } from './curriculum.ts';

const codes: Record<string, string> = { Mathematics: 'MA', Reading: 'RL', Language: 'LA', Science: 'SC' };

const gradeLines: [code: string, label: string][] = [
  ['PK', 'Pre-kindergarten'],
  ['KG', 'Kindergarten'],
  ...Array.from({ length: 12 }, (_, index): [string, string] => [
    String(index + 1).padStart(2, '0'),
    `Grade ${index + 1}`,
  ]),
  ['PS', 'Postsecondary'],
];

export function gradeId(code: string): string {
  return demoId(`grade/${code}`);
}

export function gradeCode(grade: number): string {
  return String(grade).padStart(2, '0');
}

export function caseSubjectId(subject: string): string {
  return demoId(`case subject/${subject}`);
}

export function documentId(subject: string): string {
  return demoId(`case document/${subject}`);
}

/** The standard that a lesson teaches. */
export function standardId(lesson: string): string {
  return demoId(`standard/${lesson}`);
}

export function addItem(
  data: Dataset,
  item: { id: string; title: string | null; code: string | null; type: string | null; document: string | null },
): void {
  data.add('cf_item', {
    identifier: item.id,
    full_statement: item.title,
    human_coding_scheme: item.code,
    item_type: item.type,
    cf_document_id: item.document,
  });
}

/** Grade levels, and the standards behind the curriculum: a document a subject, an item a course, unit and lesson. */
export function addStandards(data: Dataset, courses: readonly Course[]): void {
  gradeLines.forEach(([code, label], index) => {
    const row = { id: gradeId(code), grade_primary_identifier: code, label, order_number: index - 1 };
    data.add('placement_grade', row);
  });
  subjects.forEach((subject, index) => {
    data.add('cf_document', { identifier: documentId(subject) });
    data.add('cf_subject', {
      identifier: caseSubjectId(subject),
      title: subject,
      hierarchy_code: String(index + 1).padStart(2, '0'),
      description: subject === 'Language' ? null : `What students know and can do in ${subject.toLowerCase()}.`,
    });
  });
  for (const course of courses) addCourseItems(data, course);
}

function addCourseItems(data: Dataset, course: Course): void {
  const document = documentId(course.subject);
  const code = `${codes[course.subject] ?? ''}.${course.grade}`;
  const id = demoId(`case course/${course.title}`);
  // Both spellings occur, depending on who published the framework.
  const type = course.subject === 'Science' ? 'course' : 'Course';
  addItem(data, { id, title: course.title, code, type, document });
  data.add('cf_item_subject', { cf_item_id: id, subject_id: caseSubjectId(course.subject) });
  course.units.forEach((unit, unitIndex) => {
    const section = demoId(`case section/${unit.id}`);
    const unitCode = `${code}.${unitIndex + 1}`;
    addItem(data, { id: section, title: unit.title, code: unitCode, type: 'section', document });
    addAchievement(data, 'CurriculumMastery', section);
    unit.lessons.forEach((lesson, index) => {
      const standard = standardId(lesson.id);
      const lessonCode = `${unitCode}.${'abc'.charAt(index)}`;
      addItem(data, { id: standard, title: lesson.title, code: lessonCode, type: 'standard', document });
      addAchievement(data, 'StandardMastery', standard);
    });
  });
}

export function achievementId(type: string, item: string): string {
  return demoId(`achievement/${type}/${item}`);
}

export function addAchievement(data: Dataset, type: string, item: string): void {
  data.add('clr_achievement', { id: achievementId(type, item), achievement_type: type, cf_item_id: item });
}
