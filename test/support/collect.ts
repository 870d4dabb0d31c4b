import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects what nobody holds any more: what memory is left then is what is kept. */
export const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;
