/**
 * Who is asking, and which organisations she may see.
 *
 * There is no third kind of scope: whoever could not be identified never gets this far, and whoever carries no organisation
 * has an empty list, under which the views show nothing but reference data.
 */
export type Scope =
  | { readonly kind: 'organizations'; readonly orgIds: readonly string[] }
  | { readonly kind: 'unrestricted' };

export interface Caller {
  /** The `sub` of the token. */
  readonly subject: string;
  readonly scope: Scope;
}

/** How many organisations a scope names: one without limits names none. */
export function organizationsIn(scope: Scope): number {
  return scope.kind === 'organizations' ? scope.orgIds.length : 0;
}

/** The closed door: a scope that sees no person. */
export const noScope: Scope = { kind: 'organizations', orgIds: [] };
