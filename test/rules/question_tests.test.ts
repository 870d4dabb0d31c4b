import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

describe('question_tests', () => {
  it('question_tests-1 questions and the tests that they are part of', async () => {
    const [question, test] = [await add.question(), await add.test()];
    await add.relation({ source_id: question, destination_id: test });
    expect(await read('question_tests')).toEqual([{ question_id: question, test_id: test }]);
  });

  it('question_tests-2 placed twice in a test it is one row, used in two tests it is two', async () => {
    const question = await add.question({ id: 'question' });
    const [quiz, final] = [await add.test({ id: 'quiz' }), await add.test({ id: 'final' })];
    for (const item_order of [1, 9, 9, null]) {
      await add.relation({ source_id: question, destination_id: quiz, item_order });
    }
    await add.relation({ source_id: question, destination_id: final });
    const another = await add.question({ id: 'another' });
    await add.relation({ source_id: another, destination_id: quiz });
    expect(await read('question_tests')).toEqual([
      { question_id: another, test_id: quiz },
      { question_id: question, test_id: final },
      { question_id: question, test_id: quiz },
    ]);
  });

  it('question_tests-2 another relation of the same pair hides nothing', async () => {
    const [question, test] = [await add.question(), await add.test()];
    for (const relationship_type of ['isRelatedTo', 'isPartOf', 'hasPart', 'isReplacedBy']) {
      await add.relation({ source_id: question, destination_id: test, relationship_type });
    }
    expect(await read('question_tests')).toEqual([{ question_id: question, test_id: test }]);
  });

  it('question_tests-3 no dangling end, no other relation, no other direction, no other parent', async () => {
    const [question, test] = [await add.question(), await add.test()];
    const lesson = await add.resource({ media_type: 'curriculum/lesson' });
    await add.relation({ source_id: question, destination_id: 'https://gone.test/test' });
    await add.relation({ source_id: 'https://gone.test/question', destination_id: test });
    await add.relation({ source_id: question, destination_id: test, relationship_type: 'isRelatedTo' });
    await add.relation({ source_id: test, destination_id: question });
    await add.relation({ source_id: question, destination_id: lesson });
    await add.relation({ source_id: lesson, destination_id: test });
    expect(await read('question_tests')).toEqual([]);
  });

  it('question_tests-4 direct relations only', async () => {
    const [question, group, test] = [await add.question(), await add.question(), await add.test()];
    await add.relation({ source_id: question, destination_id: group });
    await add.relation({ source_id: group, destination_id: test });
    expect(await read('question_tests')).toEqual([{ question_id: group, test_id: test }]);
  });
});
