import { useEffect, useRef } from 'react';
import { useQuery, type AnyVariables, type TypedDocumentNode } from 'urql';
import { troubleOf, type Trouble } from './trouble.ts';

export interface Answer<Data> {
  /** While other variables are on their way, still what was asked before. */
  readonly data: Data | undefined;
  readonly trouble: Trouble | undefined;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 8_000;

/** Asks the graph, and goes on asking while it cannot be reached. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Answer<Data> {
  // The graph's data do not change while one looks at them: what was seen once is shown at once.
  const [{ data, error, fetching }, ask] = useQuery<Data, Variables>({ query, variables });
  const trouble = error && troubleOf(error);
  const retry = () => ask({ requestPolicy: 'network-only' });
  const waitMs = useRef(firstWaitMs);
  const passes = trouble?.passes ?? false;
  useEffect(() => {
    if (fetching) return undefined;
    if (!passes) {
      waitMs.current = firstWaitMs;
      return undefined;
    }
    // A random bit longer: everybody else was refused at the same moment.
    const ms = waitMs.current * (1 + Math.random() / 2);
    const timer = setTimeout(() => {
      waitMs.current = Math.min(waitMs.current * 2, longestWaitMs);
      ask({ requestPolicy: 'network-only' });
    }, ms);
    return () => clearTimeout(timer);
  }, [passes, fetching, ask]);
  return { data, trouble, isLoading: fetching, retry };
}
