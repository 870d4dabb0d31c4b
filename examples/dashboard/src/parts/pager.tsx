import type { ReactNode } from 'react';

export interface PageInfo {
  readonly startCursor?: string | null | undefined;
  readonly endCursor?: string | null | undefined;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Where a list is read from: behind a cursor, before one, or from its start. */
export interface Turn {
  readonly after?: string;
  readonly before?: string;
}

export interface PagerProps {
  readonly label: string;
  readonly page: PageInfo;
  readonly onTurn: (turn: Turn) => void;
}

export function Pager({ label, page, onTurn }: PagerProps) {
  if (!page.hasNextPage && !page.hasPreviousPage) return null;
  const { startCursor, endCursor } = page;
  return (
    <nav className="pager" aria-label={label}>
      <TurnButton isOff={!page.hasPreviousPage} onTurn={() => onTurn(startCursor ? { before: startCursor } : {})}>
        ← Previous
      </TurnButton>
      <TurnButton isOff={!page.hasNextPage} onTurn={() => onTurn(endCursor ? { after: endCursor } : {})}>
        Next →
      </TurnButton>
    </nav>
  );
}

export interface TurnButtonProps {
  readonly isOff: boolean;
  readonly onTurn: () => void;
  readonly children: ReactNode;
}

/** What is `disabled` drops the focus, and whoever has turned to the last page by keyboard would begin at the top again. */
export function TurnButton({ isOff, onTurn, children }: TurnButtonProps) {
  return (
    <button type="button" aria-disabled={isOff} onClick={isOff ? undefined : onTurn}>
      {children}
    </button>
  );
}

/** The variables of one page of a connection. */
export function turnOf(turn: Turn, size: number) {
  return turn.before === undefined
    ? { first: size, after: turn.after ?? null, last: null, before: null }
    : { first: null, after: null, last: size, before: turn.before };
}
