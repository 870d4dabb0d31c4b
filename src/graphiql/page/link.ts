/**
 * A link to a question, for a colleague. It stands behind the `#`, which browsers keep to themselves: what a question says about
 * children is in no server's log. Who asks is not part of it.
 */
import type { Example } from './examples.ts';

export function linkTo(question: Required<Example>): string {
  const said = new URLSearchParams({ ...question });
  return new URL(`#${said}`, location.href).href;
}

/** The question that the page was opened with. It becomes a tab like any other, so the address lets go of it. */
export function takeLink(): Required<Example> | undefined {
  const said = new URLSearchParams(location.hash.slice(1));
  const query = said.get('query');
  if (query === null) return undefined;
  history.replaceState(null, '', location.pathname);
  return { query, variables: said.get('variables') ?? '' };
}
