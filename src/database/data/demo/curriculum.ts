import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { courseOutlines, subjects, type OutlineCourse, type OutlineUnit } from './courses.ts';
import { questionsOf } from './questions.ts';

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly practice: string;
  readonly questions: readonly string[];
}

export interface Unit {
  readonly id: string;
  readonly title: string;
  readonly check: string;
  readonly checkQuestions: readonly string[];
  readonly lessons: readonly Lesson[];
}

export interface Course {
  readonly id: string;
  readonly subject: string;
  readonly grade: number;
  readonly title: string;
  readonly units: readonly Unit[];
}

export type MediaType = `curriculum/${'subject' | 'course' | 'unit' | 'lesson' | 'topic' | 'section' | 'level'}`;

export function addResource(data: Dataset, id: string, mediaType: MediaType | null, name: string | null): void {
  data.add('caliper_entity', { id, name });
  data.add('caliper_assignable_digital_resource', { id, media_type: mediaType });
}

export function addTest(data: Dataset, id: string, name: string | null): void {
  data.add('caliper_entity', { id, name });
  data.add('caliper_assessment', { id });
}

export function addQuestion(data: Dataset, id: string, name: string | null, type: string | null): void {
  data.add('caliper_entity', { id, name });
  data.add('caliper_assessment_item', { id, media_type: type });
}

export function relate(
  data: Dataset,
  source: string,
  destination: string,
  order: number | null,
  type = 'isPartOf',
  copy = 1,
): void {
  data.add('caliper_resource_relation', {
    id: demoId(`relation/${source}/${destination}/${type}/${order}/${copy}`),
    source_id: source,
    destination_id: destination,
    relationship_type: type,
    item_order: order,
  });
}

export function subjectId(subject: string): string {
  return demoId(`subject/${subject}`);
}

export function courseId(title: string): string {
  return demoId(`course/${title}`);
}

/** Subjects, courses, units, lessons, tests and questions, as the publishers of the apps deliver them. */
export function addCurriculum(data: Dataset): readonly Course[] {
  for (const subject of subjects) addResource(data, subjectId(subject), 'curriculum/subject', subject);
  return courseOutlines.map((outline) => addCourse(data, outline));
}

function addCourse(data: Dataset, { subject, grade, title, units: outlines }: OutlineCourse): Course {
  const id = courseId(title);
  addResource(data, id, 'curriculum/course', title);
  relate(data, id, subjectId(subject), grade);
  const units = outlines.map((outline, index) => addUnit(data, { id, subject, title }, outline, index + 1));
  const lessons = units.flatMap((unit) => unit.lessons);

  const review = demoId(`section/${title}`);
  addResource(data, review, 'curriculum/section', `${title}: review`);
  relate(data, review, id, units.length + 1);
  const final = demoId(`final/${title}`);
  addTest(data, final, `${title}: final`);
  relate(data, final, id, units.length + 2);
  relate(data, final, review, 1);
  addQuestionsTo(data, final, questionsAt(lessons, 2));

  const level = demoId(`level/${title}`);
  addResource(data, level, 'curriculum/level', `Level ${grade}`);
  relate(data, level, subjectId(subject), null);
  const placement = demoId(`placement test/${title}`);
  addTest(data, placement, `Where to start: ${title}`);
  relate(data, placement, level, 1);
  addQuestionsTo(data, placement, questionsAt(lessons, 3));
  return { id, subject, grade, title, units };
}

type CourseHead = Pick<Course, 'id' | 'subject' | 'title'>;

function addUnit(data: Dataset, course: CourseHead, outline: OutlineUnit, order: number): Unit {
  const name = `${course.title}/${outline.title}`;
  const id = demoId(`unit/${name}`);
  addResource(data, id, 'curriculum/unit', `Unit ${order}: ${outline.title}`);
  relate(data, id, course.id, order);
  const lessons = outline.lessons.map((title, index) => addLesson(data, course, { id, name }, title, index + 1));

  const check = demoId(`unit check/${name}`);
  addTest(data, check, `${outline.title}: unit check`);
  relate(data, check, id, lessons.length + 1);
  if (course.subject === 'Science') {
    const topic = demoId(`topic/${name}`);
    addResource(data, topic, 'curriculum/topic', outline.title);
    relate(data, topic, id, null);
    relate(data, check, topic, null);
  }
  const checkQuestions = [...questionsAt(lessons, 0), ...questionsAt(lessons, 1)];
  addQuestionsTo(data, check, checkQuestions);
  return { id, title: outline.title, check, checkQuestions, lessons };
}

function addLesson(
  data: Dataset,
  course: CourseHead,
  unit: { id: string; name: string },
  title: string,
  order: number,
): Lesson {
  const name = `${unit.name}/${title}`;
  const id = publishedId(course.subject, 'lesson', name);
  addResource(data, id, 'curriculum/lesson', title);
  relate(data, id, unit.id, order);
  const practice = publishedId(course.subject, 'practice', name);
  addTest(data, practice, `${title}: practice`);
  relate(data, practice, id, 1);
  const questions = questionsOf(course.subject, name, title).map(({ text, type }, index) => {
    const question = publishedId(course.subject, 'question', `${name}/${index + 1}`);
    addQuestion(data, question, text, type);
    return question;
  });
  addQuestionsTo(data, practice, questions);
  return { id, title, practice, questions };
}

/** Publishers name their things in their own ways: by UUID, by the address of the page, or by a URN. */
function publishedId(subject: string, kind: 'lesson' | 'practice' | 'question', name: string): string {
  const id = demoId(`${kind}/${name}`);
  if (subject === 'Reading' && kind !== 'lesson') return `https://lantern.example/${kind}/${id}`;
  if (subject === 'Language') return `urn:wordsmith:${kind}:${id}`;
  return id;
}

/** The question at that place of each lesson: tests of units and courses take theirs from the lessons. */
function questionsAt(lessons: readonly Lesson[], place: number): string[] {
  return lessons.flatMap(({ questions }) => questions.slice(place, place + 1));
}

function addQuestionsTo(data: Dataset, test: string, questions: readonly string[]): void {
  questions.forEach((question, index) => relate(data, question, test, index + 1));
}
