/**
 * The limit: what is left of a server when everything is left out. One statement a workload, written by hand, which makes the
 * whole answer; the same check of the caller, the same scope, one round trip.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { createCallers } from '../src/callers.ts';
import { readConfig } from '../src/config.ts';
import { encode, Flight, PreparedStatements, type Value } from '../src/door/flight.ts';
import { root } from '../src/root.ts';
import type { Scope } from '../src/scope.ts';

const config = readConfig(process.env);
const { setting, poolSize, url } = config.database;
const callers = createCallers({ ...config.auth, issuer: config.auth.issuer! });
const pool = new pg.Pool({ connectionString: url, max: poolSize });
const prepared = new WeakMap<pg.PoolClient, PreparedStatements>();
pool.on('connect', (client) => prepared.set(client, new PreparedStatements()));

const setScope = 'select set_config($1, $2, true)';
const texts = new Map<string, Promise<string>>();

function textOf(workload: string): Promise<string> {
  const known = texts.get(workload) ?? readFile(join(root, 'bench/workloads', workload, 'limit.sql'), 'utf8');
  texts.set(workload, known);
  return known;
}

async function ask(workload: string, values: readonly Value[], scope: Scope): Promise<string> {
  const text = await textOf(workload);
  const orgIds = scope.kind === 'unrestricted' ? setting.unrestrictedValue : scope.orgIds.join(',');
  const client = await pool.connect();
  return new Promise((resolve, reject) => {
    const statements = [
      { name: 'scope', text: setScope, values: [setting.name, orgIds] },
      { name: workload, text, values: values.map(encode) },
    ];
    const flight = new Flight(statements, prepared.get(client)!, (broken) => {
      client.release(broken);
      const [, answer] = flight.outcomes;
      if (answer && 'rows' in answer) resolve(answer.rows[0]![0]!);
      else reject(answer && 'error' in answer ? answer.error : new Error('The scope was not set.'));
    });
    client.query(flight as never);
  });
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => resolve(Buffer.concat(pieces).toString()));
    request.on('error', reject);
  });
}

async function answer(request: IncomingMessage): Promise<Buffer> {
  const { scope } = await callers.identify(request.headersDistinct['authorization'] ?? []);
  const { variables } = JSON.parse(await bodyOf(request)) as { variables: Readonly<Record<string, Value>> };
  return Buffer.from(`{"data":${await ask(request.url!.slice(1), Object.values(variables), scope)}}`);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const bytes = await answer(request);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  } catch (error) {
    console.error(error);
    response.writeHead(500, { 'content-length': 0 }).end();
  }
}

const server = createServer((request, response) => void serve(request, response));
server.listen(config.port, config.host, () => {
  console.log(`answers at http://${config.host}:${(server.address() as AddressInfo).port}/`);
});
