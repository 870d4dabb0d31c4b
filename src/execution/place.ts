import type { GraphQLResolveInfo } from 'graphql';
import type { PlannedField, Shape } from './plan.ts';

type Path = GraphQLResolveInfo['path'];

/** Where in the answer a value belongs: which object or list holds it, and what it has to become there. */
export class Place {
  readonly shape: Shape;
  /** The field whose value it is, or an item of whose list. The place of the whole answer has none. */
  readonly field: PlannedField | undefined;
  readonly above: Place | undefined;
  readonly into: object;
  readonly key: string | number;
  /** What was here has been given up for null. */
  isGone = false;

  constructor(
    shape: Shape,
    field: PlannedField | undefined,
    above: Place | undefined,
    into: object,
    key: string | number,
  ) {
    this.shape = shape;
    this.field = field;
    this.above = above;
    this.into = into;
    this.key = key;
  }

  put(value: unknown): void {
    (this.into as Record<string | number, unknown>)[this.key] = value;
  }

  /** There is no value: null stands here, or, where null is not allowed, in the first place above that takes it. */
  fail(): void {
    this.isGone = true;
    if (this.shape.isNullable || !this.above) this.put(null);
    else this.above.fail();
  }

  /** Given up here or anywhere above: whatever belongs here is not in the answer any more. */
  get isLost(): boolean {
    return this.isGone || (this.above?.isLost ?? false);
  }

  /** As errors carry it. */
  keys(): (string | number)[] {
    return this.above ? [...this.above.keys(), this.key] : [];
  }

  /** As resolvers are told it. */
  path(): Path | undefined {
    if (!this.above) return undefined;
    const typename = typeof this.key === 'string' ? this.field?.parentType.name : undefined;
    return { prev: this.above.path(), key: this.key, typename };
  }
}
