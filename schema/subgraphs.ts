import { GraphQLSchema, isObjectType } from 'graphql';
import { callerResolvers } from '../resolvers/caller.ts';
import { curriculumResolvers } from '../resolvers/curriculum.ts';
import { insightsResolvers } from '../resolvers/insights.ts';
import { sessionsResolvers } from '../resolvers/sessions.ts';
import { studentsResolvers } from '../resolvers/students.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Domain } from './view.ts';
import { views } from './views/index.ts';

export const domains: readonly Domain[] = ['curriculum', 'students', 'sessions', 'insights'];

export type SubgraphName = 'timeback' | Domain;

const resolvers: Readonly<Record<Domain, readonly ((graph: Graph) => void)[]>> = {
  curriculum: [curriculumResolvers],
  students: [studentsResolvers, callerResolvers],
  sessions: [sessionsResolvers],
  insights: [insightsResolvers],
};

/** The whole graph, or the part of one domain: the same types and the same resolvers, written once. */
export function createSubgraph(name: SubgraphName): GraphQLSchema {
  const served = new Set(name === 'timeback' ? domains : [name]);
  const graph = createGraph(served);
  for (const domain of served) for (const add of resolvers[domain]) add(graph);
  const built = graph.builder.toSchema();

  // Types of other domains stand ready for edges to lead to. Those that no edge leads to have no business here.
  const own = views.filter(({ domain }) => served.has(domain)).map(({ type }) => built.getType(type));
  const lent = Object.values(built.getTypeMap()).filter(
    (type) => isObjectType(type) && Object.keys(type.getFields()).length > 1,
  );
  return new GraphQLSchema({
    ...built.toConfig(),
    types: [...own, ...lent].filter((type) => type !== undefined && type !== null),
  });
}
