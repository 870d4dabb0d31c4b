import type { Resource, UnresolvedResource } from '../loaders/resourceByKey.ts';
import type { Builder } from './builder.ts';
import { directives } from './tags.ts';
import type { Domain } from './view.ts';

/** Whatever an attempt or a place in the curriculum may point at. */
export function createResource(builder: Builder, served: ReadonlySet<Domain>) {
  const resource = builder.interfaceRef<Resource>('CurriculumResource').implement({
    description: 'Something in the curriculum: a question, test, lesson, unit, course or item.',
    // Total and without a question to anybody: the loader wrote the answer onto the row.
    resolveType: ({ __typename }) => __typename,
    fields: (t) => ({
      id: t.id({ nullable: false, description: 'The id under which the curriculum knows it.' }),
      // Elsewhere the types behind the interface are known by their keys alone.
      ...(served.has('curriculum') && {
        title: t.string({ description: 'What it is called; null if it is unresolved or has no title.' }),
      }),
    }),
  });
  builder.objectRef<UnresolvedResource>('UnresolvedResource').implement({
    description: 'An id that no view of the curriculum knows, for example of content that was withdrawn.',
    interfaces: [resource],
    ...directives({ shareable: [{}] }),
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'The id as it was recorded.' }),
      title: t.exposeString('title', { description: 'Always null: nothing is known about it.' }),
    }),
  });
  return resource;
}

/** Curriculum items call their key otherwise than the other resources do. */
export function resourceKey(row: { id: string } | { curriculumItemId: string }): string {
  return 'id' in row ? row.id : row.curriculumItemId;
}
