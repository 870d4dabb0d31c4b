import { useId, useState, type ReactNode } from 'react';
import type { Answer } from '../graph/useAnswer.ts';
import { Boundary } from './boundary.tsx';

export interface PartProps<Data, Value> {
  readonly title: string;
  /** What the figures mean, in a sentence; for those who hear the page, too. */
  readonly note?: ReactNode;
  /** What is asked for is chosen here, so that it stays whatever the answer is. */
  readonly tools?: ReactNode;
  readonly answer: Answer<Data>;
  /** What of the answer this part shows. Nothing means that there is none, or none that the caller may see. */
  readonly pick: (data: Data) => Value | null | undefined;
  readonly isEmpty?: (value: Value) => boolean;
  readonly empty: ReactNode;
  /** The same figures as a table, for everybody whom a picture does not serve. */
  readonly table?: (value: Value) => ReactNode;
  readonly children: (value: Value) => ReactNode;
  readonly className?: string;
}

/** A part of a page with a question of its own. It loads, fails and is empty by itself, whatever becomes of its neighbours. */
export function Part<Data, Value>(props: PartProps<Data, Value>) {
  const { title, note, tools, answer, table, className = '' } = props;
  const heading = useId();
  const [isTable, setTable] = useState(false);
  const value = answer.data === undefined ? undefined : props.pick(answer.data);
  const isThere = value !== undefined && value !== null;
  const isFull = isThere && !props.isEmpty?.(value);
  return (
    <section className={`part ${className}`} aria-labelledby={heading} aria-busy={answer.isLoading}>
      <header>
        <h2 id={heading} aria-live="polite">
          {title}
        </h2>
        {table && isFull && (
          <button type="button" className="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            Table
          </button>
        )}
      </header>
      {note && <p className="note">{note}</p>}
      {tools}
      <Boundary fallback={<p className="trouble">This part cannot be shown.</p>}>
        <Body {...props} value={value} isTable={isTable} isFull={isFull} />
      </Boundary>
    </section>
  );
}

function Body<Data, Value>(
  props: PartProps<Data, Value> & { value: Value | null | undefined; isTable: boolean; isFull: boolean },
) {
  const { answer, value, isTable, isFull, table } = props;
  if (isFull) {
    return (
      <div className={answer.isLoading ? 'waiting' : undefined}>
        {answer.trouble && <TroubleNote answer={answer} />}
        {isTable && table ? table(value as Value) : props.children(value as Value)}
      </div>
    );
  }
  if (answer.trouble) return <TroubleNote answer={answer} />;
  if (answer.data === undefined) return <Skeleton />;
  return <p className="empty">{props.empty}</p>;
}

export function Skeleton() {
  return <div className="skeleton" role="status" aria-label="Loading" />;
}

export function TroubleNote({ answer: { trouble, isLoading, retry } }: { readonly answer: Answer<unknown> }) {
  return (
    <p className="trouble" role="alert">
      {trouble?.text}{' '}
      <button type="button" className="quiet" onClick={retry} aria-disabled={isLoading}>
        Try again
      </button>
    </p>
  );
}
