export interface Mistake {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** Where something went wrong, and of which kind. The texts of a gateway are its own. */
export function mistakesOf(errors: readonly Mistake[] | undefined) {
  return (errors ?? []).map(({ path, extensions }) => ({ path, code: extensions?.['code'] }));
}
