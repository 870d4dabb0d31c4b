import type { Vocabulary } from '../view.ts';

/** The one vocabulary that four views share. */
export const status: Vocabulary = {
  name: 'TimebackStatus',
  description: 'State of a roster record. TO_BE_DELETED is a soft delete: the source has let go of the record.',
  words: ['active', 'inactive', 'tobedeleted'],
};
