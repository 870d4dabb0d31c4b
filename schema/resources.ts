import type { Resource } from '../loaders/resourceByKey.ts';
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
      id: t.exposeID(
        'id' as never,
        { nullable: false, description: 'The id under which the curriculum knows it.' } as never,
      ),
      // Elsewhere the types behind the interface are known by their keys alone.
      ...(served.has('curriculum') && {
        title: t.exposeString(
          'title' as never,
          { description: 'What it is called; null if it is unresolved or has no title.' } as never,
        ),
      }),
    }),
  });
  builder.objectRef<Resource>('UnresolvedResource').implement({
    description: 'An id that no view of the curriculum knows, for example of content that was withdrawn.',
    interfaces: [resource],
    ...directives({ shareable: [{}] }),
    fields: (t) => ({
      id: t.exposeID('id' as never, { nullable: false, description: 'The id as it was recorded.' } as never),
      title: t.exposeString('title' as never, { description: 'Always null: nothing is known about it.' } as never),
    }),
  });
  return resource;
}

/** Curriculum items call their key otherwise than the other resources do. */
export function resourceKey(row: { id: string } | { curriculumItemId: string }): string {
  return 'id' in row ? row.id : row.curriculumItemId;
}
