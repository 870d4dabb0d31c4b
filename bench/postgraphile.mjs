/**
 * PostGraphile on the same views, as its manual advises for production. A view tells it neither its key nor where its columns
 * lead, so both are told from our catalogue, and it offers the same ways from row to row.
 */
import { createServer } from 'node:http';
import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { TYPES } from 'postgraphile/@dataplan/pg';
import { sql } from 'postgraphile/pg-sql2';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { addPgTableOrderBy, extendSchema, gql, jsonPgSmartTags, orderByAscDesc } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';
import { createCallers } from '../src/callers.ts';
import { readConfig } from '../src/config.ts';
import { views } from '../schema/views/index.ts';

const config = readConfig(process.env);
const { schema, url, poolSize, setting } = config.database;
const callers = createCallers({ ...config.auth, issuer: config.auth.issuer });

/**
 * A row to one is a join for PostGraphile, and no key reaches the inside of a view with a barrier through a join: the waste of
 * every session there is would be added up, seconds of work. A list of at most one row is a sub-select, which a key does reach.
 */
const joinsBadly = new Set(['sessions_waste', 'sessions_cheating', 'sessions_proctoring']);

const tags = jsonPgSmartTags({
  version: 1,
  config: { class: Object.fromEntries(views.map((view) => [`${schema}.${view.name}`, { tags: tagsOf(view) }])) },
});

function tagsOf({ name: view, grain, columns }) {
  const foreignKeys = Object.entries(columns).flatMap(([name, { reference, kind }]) => {
    const target = views.find((view) => view.name === reference?.view);
    return target && kind !== 'ids' && !reference.column && name !== 'learning_app_id'
      ? [`(${name}) references ${schema}.${target.name} (${target.grain[0]})`]
      : [];
  });
  // One column that leads to several views: the way that a workload goes.
  if (columns.parent_id?.reference?.view === 'parent') {
    foreignKeys.push(`(parent_id) references ${schema}.units (id)|@foreignFieldName testParentsByParentId`);
  }
  return {
    ...(grain.length > 0 && !joinsBadly.has(view) && { primaryKey: grain.join(',') }),
    ...(foreignKeys.length > 0 && { foreignKey: foreignKeys }),
  };
}

/** Sessions name their app by a text, apps have a UUID: no foreign key, and so a plan. */
const appOfSession = extendSchema(({ pgResources: { learning_apps: apps } }) => ({
  typeDefs: gql`
    extend type Session {
      learningApp: LearningApp
    }
  `,
  objects: {
    Session: {
      plans: {
        learningApp: ($session) =>
          apps.get({ id: $session.select(sql`${$session}.learning_app_id::uuid`, TYPES.uuid) }),
      },
    },
  },
}));

/** The order in which ours lists names: that of people, not of bytes. */
const orderOfNames = addPgTableOrderBy({ schemaName: schema, tableName: 'students' }, () =>
  orderByAscDesc('PEOPLES_NAME', (query) => ({
    fragment: sql`${query}.name collate "und-x-icu"`,
    codec: TYPES.text,
  })),
);

/** pg-aggregates groups by hours and days; weeks are added as its manual shows. */
const weeks = {
  name: 'WeeksPlugin',
  version: '1.0.0',
  after: ['PgAggregatesSpecsPlugin'],
  schema: {
    hooks: {
      build(build) {
        build.pgAggregateGroupBySpecs.push({
          id: 'truncated-to-week',
          isSuitableType: (codec) => codec === TYPES.timestamptz,
          sqlWrap: (moment) => sql`date_trunc('week', ${moment})`,
          sqlWrapCodec: (codec) => codec,
        });
        return build;
      },
    },
  },
};

const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
  plugins: [tags, appOfSession, orderOfNames, weeks],
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString: url, schemas: [schema], poolConfig: { max: poolSize } })],
  schema: { connectionFilterRelations: true },
  grafast: {
    explain: false,
    context({ node }) {
      const { scope } = node.req.caller;
      const orgIds = scope.kind === 'unrestricted' ? setting.unrestrictedValue : scope.orgIds.join(',');
      return { pgSettings: { [setting.name]: orgIds } };
    },
  },
  grafserv: { graphiql: false, watch: false, websockets: false, maxRequestLength: config.bodyBytes },
});

if (process.env.PRINT_SCHEMA) {
  const { printSchema } = await import('postgraphile/graphql');
  console.log(printSchema(await instance.getSchema()));
  process.exit();
}

const handle = instance.createServ(grafserv);
await handle.ready();
const answer = handle.createHandler();
const server = createServer((request, response) => {
  callers.identify(request.headersDistinct.authorization ?? []).then(
    (caller) => answer(Object.assign(request, { caller }), response),
    () => response.writeHead(401, { 'content-length': 0 }).end(),
  );
});
server.listen(config.port, config.host, () => {
  console.log(`answers at http://${config.host}:${server.address().port}/graphql`);
});
