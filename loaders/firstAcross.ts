/** The lowest id on the other side of a bridge: what the keys of old hold, which know of one only. */
import { questionTests, testParents, unitCourses } from '../schema/views/curriculum.ts';
import type { Context } from '../src/context.ts';
import type { ListPage } from './lists/listPage.ts';
import { pageByForeignKey } from './lists/pages.ts';

type Found = Promise<string | undefined>;

export function firstCourseOf(context: Context, unit: string): Found {
  return firstOf(pageByForeignKey(context, unitCourses, 'unit_id', unit, { first: 1 }), 'courseId');
}

export function firstTestOf(context: Context, question: string): Found {
  return firstOf(pageByForeignKey(context, questionTests, 'question_id', question, { first: 1 }), 'testId');
}

export function firstLessonOf(context: Context, test: string): Found {
  const where = { parent: { lesson: {} } };
  return firstOf(pageByForeignKey(context, testParents, 'test_id', test, { first: 1, where }), 'parentId');
}

export async function firstLessonOfQuestion(context: Context, question: string): Found {
  const test = await firstTestOf(context, question);
  return test === undefined ? undefined : firstLessonOf(context, test);
}

async function firstOf(pairs: ListPage, far: string): Found {
  const { nodes } = await pairs.page();
  return nodes[0]?.[far] as string | undefined;
}
