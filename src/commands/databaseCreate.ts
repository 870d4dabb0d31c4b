import { views } from '../../schema/views/index.ts';
import { readDatabaseConfig } from '../config.ts';
import { UsageError } from '../config/variables.ts';
import { connectTo } from '../database/connect.ts';
import { installReferenceDatabase, type InstallOptions } from '../database/install.ts';
import { print, readFlags, readWithFlags, type Command } from './command.ts';

const help = `Usage: timeback-graph database create --url URL [--schema NAME] [--demo | --size SIZE]

Builds the reference database in a PostgreSQL 15 or newer: source tables and the ${views.length} views, with data if asked for.
The schema must be new or empty. Its tables lie beside it, in NAME_source.

  --url URL         where, such as postgres://postgres@localhost/timeback
  --schema NAME     the schema of the views (analytics_production)
  --demo            the two districts that the embedded database has
  --size SIZE       small (200 students), medium (2,000) or large (20,000 students, 500,000 sessions)`;

const sizes: readonly InstallOptions['data'][] = ['small', 'medium', 'large'];
const oldestServer = 150_000;

export const databaseCreate: Command = {
  name: 'database create',
  summary: 'builds the reference database in any PostgreSQL',
  help,
  async run(args) {
    const flags = readFlags(args, {
      url: { type: 'string' },
      schema: { type: 'string' },
      demo: { type: 'boolean', default: false },
      size: { type: 'string' },
    });
    const { url, schema } = placeOf(flags.url, flags.schema);
    const data = dataOf(flags.demo, flags.size);
    const client = await connectTo(url);
    try {
      const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
      if (Number(rows[0]?.server_version_num) < oldestServer) throw new Error('PostgreSQL 15 or newer is needed.');
      await installReferenceDatabase(client, { schema, data, onProgress: (step) => process.stderr.write(`${step}\n`) });
    } finally {
      await client.end();
    }
    print(`The reference database is in the schema ${schema}.`);
    return 0;
  },
};

function placeOf(typedUrl: string | undefined, typedSchema: string | undefined) {
  const typed = { DATABASE_URL: ['--url', typedUrl], DATABASE_SCHEMA: ['--schema', typedSchema] } as const;
  const { url, schema } = readWithFlags({}, typed, readDatabaseConfig);
  if (url === undefined) throw new UsageError('--url is needed: the database to build in.');
  return { url, schema };
}

function dataOf(demo: boolean, size: string | undefined): InstallOptions['data'] {
  if (demo && size !== undefined) throw new UsageError('--demo and --size exclude each other.');
  if (size === undefined) return demo ? 'demo' : 'none';
  const found = sizes.find((one) => one === size);
  if (!found) throw new UsageError('--size must be small, medium or large.');
  return found;
}
