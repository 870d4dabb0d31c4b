import type { CombinedError } from 'urql';

/** What went wrong, as far as it makes a difference to whoever sits before the screen. */
export interface Trouble {
  readonly text: string;
  /** Whether trying again by itself may help. */
  readonly passes: boolean;
}

const texts: Readonly<Record<string, Trouble>> = {
  OVERLOADED: { text: 'The graph is busy. Trying again …', passes: true },
  TIMEOUT: { text: 'This took too long to work out.', passes: false },
  VIEW_UNAVAILABLE: { text: 'These data are not available at the moment.', passes: true },
  QUERY_TOO_COMPLEX: { text: 'This is more than the graph answers at once.', passes: false },
  FORBIDDEN: { text: 'The organisations in this token cannot be used. Ask whoever issued it.', passes: false },
  UNAUTHENTICATED: { text: 'Your session has ended.', passes: false },
};

const unreachable: Trouble = { text: 'The graph cannot be reached. Trying again …', passes: true };
const unknown: Trouble = { text: 'This part could not be loaded.', passes: false };

export function troubleOf(error: CombinedError): Trouble {
  if (error.networkError) return unreachable;
  return (
    codesOf(error)
      .map((code) => texts[code])
      .find((trouble) => trouble !== undefined) ?? unknown
  );
}

export function codesOf(error: CombinedError): string[] {
  return error.graphQLErrors.map(({ extensions }) => String(extensions['code']));
}
