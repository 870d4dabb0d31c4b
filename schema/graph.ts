import type { Builder } from './builder.ts';
import { createBuilder } from './builder.ts';
import { createCalendar, type Calendar } from './calendar.ts';
import { createConnections, type ListOf } from './connections.ts';
import { createGroups } from './groups.ts';
import { createInputs } from './inputs.ts';
import { createOrganization } from './organization.ts';
import { createResource } from './resources.ts';
import { addRoots } from './roots.ts';
import { createSummaries } from './summaries.ts';
import { createTypes, implementType, type Types } from './types.ts';
import type { Domain } from './view.ts';
import { views } from './views/index.ts';

/** What the resolvers write on: the types of all views, whether they are served here or only visited. */
export interface Graph extends Types {
  readonly builder: Builder;
  readonly listOf: ListOf;
  readonly calendar: Calendar;
  readonly CurriculumResource: ReturnType<typeof createResource>;
  readonly Organization: ReturnType<typeof createOrganization>;
}

/** Lists, lookups and columns of the served domains. The edges between them are the resolvers'. */
export function createGraph(served: ReadonlySet<Domain>): Graph {
  const builder = createBuilder();
  builder.queryType({ description: 'Where every question begins.' });
  const inputs = createInputs(builder);
  const types = createTypes(builder);
  const CurriculumResource = createResource(builder, served);
  const Organization = createOrganization(builder);
  const summaryOf = createSummaries(builder);
  const calendar = createCalendar(builder);
  const groupsField = createGroups(builder, { inputs, types, summaryOf, calendar, CurriculumResource });
  const listOf = createConnections(builder, { inputs, types, summaryOf, groupsField });
  for (const view of views) {
    implementType(builder, view, { inputs, types, served, CurriculumResource, Organization });
    if (served.has(view.domain)) addRoots(builder, listOf, types, view);
  }
  return { ...types, builder, listOf, calendar, CurriculumResource, Organization };
}
