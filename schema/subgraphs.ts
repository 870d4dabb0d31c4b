import { GraphQLSchema, isObjectType, type GraphQLObjectType } from 'graphql';
import { callerResolvers } from '../resolvers/caller.ts';
import { catalogResolvers } from '../resolvers/catalog.ts';
import { curriculumResolvers } from '../resolvers/curriculum.ts';
import { insightsResolvers } from '../resolvers/insights.ts';
import { metricsResolvers } from '../resolvers/metrics.ts';
import { sessionsResolvers } from '../resolvers/sessions.ts';
import { studentsResolvers } from '../resolvers/students.ts';
import { directivesOf } from './federation.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Domain } from './view.ts';
import { views } from './views/index.ts';

export const domains: readonly Domain[] = ['curriculum', 'students', 'sessions', 'insights'];

export type SubgraphName = 'timeback' | Domain;

const resolvers: Readonly<Record<Domain, readonly ((graph: Graph) => void)[]>> = {
  curriculum: [curriculumResolvers],
  students: [studentsResolvers, callerResolvers],
  sessions: [sessionsResolvers],
  insights: [insightsResolvers, metricsResolvers, catalogResolvers],
};

/** The whole graph, or the part of one domain: the same types and the same resolvers, written once. */
export function createSubgraph(name: SubgraphName): GraphQLSchema {
  const served = new Set(name === 'timeback' ? domains : [name]);
  const graph = createGraph(served);
  for (const domain of served) for (const add of resolvers[domain]) add(graph);
  const built = graph.builder.toSchema();

  // Types of other domains stand ready for edges to lead to. Those that no edge leads to have no business here.
  const own = new Set(views.filter(({ domain }) => served.has(domain)).map(({ type }) => type));
  const kept = Object.values(built.getTypeMap())
    .filter(isObjectType)
    .filter((type) => own.has(type.name) || hasFields(type) || type.getInterfaces().length > 0);
  for (const type of kept) {
    // A reference to a row is followed where there is more to say of it than its id.
    if (!own.has(type.name) && !hasFields(type) && directivesOf(type)['key']) {
      type.extensions = { ...type.extensions, directives: { key: [{ fields: 'id', resolvable: false }] } };
    }
  }
  return new GraphQLSchema({ ...built.toConfig(), types: kept });
}

function hasFields(type: GraphQLObjectType): boolean {
  return Object.keys(type.getFields()).length > 1;
}
