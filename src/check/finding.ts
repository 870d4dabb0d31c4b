export type FindingKind =
  | 'unreachable'
  | 'schema missing'
  | 'schema open'
  | 'encoding'
  | 'view missing'
  | 'view not readable'
  | 'column missing'
  | 'column retyped'
  | 'scope column lost'
  | 'scope not applied'
  | 'grain not unique'
  | 'column has nulls'
  | 'column out of range'
  | 'not proven';

export interface Finding {
  readonly kind: FindingKind;
  /** A warning is served all the same. */
  readonly severity: 'error' | 'warning';
  readonly view?: string;
  readonly column?: string;
  readonly message: string;
}
