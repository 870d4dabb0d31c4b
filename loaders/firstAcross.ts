/** The lowest id on the other side of a bridge: what the keys of old hold, which know of one only. */
import type { View } from '../schema/view.ts';
import { questionTests, testParents, unitCourses } from '../schema/views/curriculum.ts';
import type { Context } from '../src/context.ts';
import { pageByForeignKey } from './lists/pages.ts';
import type { Where } from './sql/logic.ts';

type Found = Promise<string | undefined>;

export function firstCourseOf(context: Context, unit: string): Found {
  return firstAcross(context, unitCourses, 'unit_id', unit, 'courseId');
}

export function firstTestOf(context: Context, question: string): Found {
  return firstAcross(context, questionTests, 'question_id', question, 'testId');
}

export function firstLessonOf(context: Context, test: string): Found {
  return firstAcross(context, testParents, 'test_id', test, 'parentId', { parent: { lesson: {} } });
}

export async function firstLessonOfQuestion(context: Context, question: string): Found {
  const test = await firstTestOf(context, question);
  return test === undefined ? undefined : firstLessonOf(context, test);
}

async function firstAcross<V extends View>(
  context: Context,
  bridge: V,
  near: keyof V['columns'] & string,
  key: string,
  far: string,
  where?: Where,
): Found {
  const { nodes } = await pageByForeignKey(context, bridge, near, key, { first: 1, where }).page();
  return nodes[0]?.[far] as string | undefined;
}
