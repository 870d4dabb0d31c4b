import { useEffect, useState } from 'react';

/** Somebody to be for a try. Only a server with demo data offers any. */
export interface DemoCaller {
  readonly name: string;
  readonly title: string;
  readonly token: string;
}

const askAgainMs = 3_000;

/** Asks until the server says who, or that there is nobody: it may be started after the page. */
export function useDemoCallers(): readonly DemoCaller[] {
  const [callers, setCallers] = useState<readonly DemoCaller[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await fetch('/graphiql/callers', { signal: leaving.signal }).catch(() => undefined);
      // A web server may answer with the page whatever is asked for: nobody is offered there, either.
      if (answer?.ok) setCallers((await answer.json().catch(() => [])) as DemoCaller[]);
      else if (answer?.status !== 404 && !leaving.signal.aborted) timer = setTimeout(() => void ask(), askAgainMs);
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);
  return callers;
}
