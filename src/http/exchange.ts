import type { IncomingMessage } from 'node:http';
import type { Patience } from '../patience.ts';
import type { Answer } from './answer.ts';

/** Not an answer: what the log says where nobody waited for one. */
export const clientGone = 499;

/** One HTTP request on its way to an answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly search: string;
  readonly requestId: string;
  /** Over when the client has gone, or when the time for an answer has. */
  readonly patience: Patience;
  /** Called with the status that was sent, and the code of a refusal; or with 499 if the client did not wait for it. */
  onEnd(listener: (status: number, code: string | undefined) => void): void;
}

export type Route = (exchange: Exchange) => Answer | Promise<Answer>;
