import { getNamedType, isAbstractType, isLeafType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { fieldName, type View } from './view.ts';

/** Which fields an operation asks of each type, anywhere in its document. */
export class SelectedFields {
  readonly #byType = new Map<string, Set<string>>();
  /** Types of which more is asked than columns. */
  readonly #withEdges = new Set<string>();
  readonly #columns = new Map<View, readonly string[]>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    const types = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: () => {
          const parent = types.getParentType();
          const field = types.getFieldDef();
          if (!parent || !field) return;
          const owners = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
          for (const owner of owners) {
            const fields = this.#byType.get(owner.name) ?? new Set();
            this.#byType.set(owner.name, fields);
            if (!isLeafType(getNamedType(field.type))) this.#withEdges.add(owner.name);
            // Asked through an interface, a field still needs what its own type needs for it.
            const needs = owner.getFields()[field.name]?.extensions.needs ?? [];
            for (const one of [field.name, ...needs]) fields.add(one);
          }
        },
      }),
    );
  }

  has(type: string, field: string): boolean {
    return this.#byType.get(type)?.has(field) ?? false;
  }

  /** The columns to read of a view: what the document asks for, its grain, and, where it asks for an edge, every key. */
  columnsOf(view: View): readonly string[] {
    const known = this.#columns.get(view);
    if (known) return known;
    const keys = new Set(this.#withEdges.has(view.type) ? keyColumns(view) : view.grain);
    const found = Object.keys(view.columns).filter(
      (column) => keys.has(column) || this.has(view.type, fieldName(column)),
    );
    this.#columns.set(view, found);
    return found;
  }
}

/** The grain, the keys of other views, and what tells which view a key belongs to. */
function keyColumns(view: View): readonly string[] {
  const references = Object.keys(view.columns).filter((name) => view.columns[name]!.reference);
  return [...view.grain, ...references, ...(view.columns['parent_type'] ? ['parent_type'] : [])];
}

const byDocument = new WeakMap<DocumentNode, WeakMap<GraphQLSchema, SelectedFields>>();

export function selectedFields(schema: GraphQLSchema, document: DocumentNode): SelectedFields {
  const bySchema = byDocument.get(document) ?? new WeakMap<GraphQLSchema, SelectedFields>();
  byDocument.set(document, bySchema);
  const known = bySchema.get(schema);
  if (known) return known;
  const found = new SelectedFields(schema, document);
  bySchema.set(schema, found);
  return found;
}
