import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leader } from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import { freePort } from '../../src/database/embedded/freePort.ts';
import { openDatabase, type Database } from '../../src/door.ts';
import { Patience } from '../../src/patience.ts';
import { organizations } from '../support/graph.ts';
import { until } from '../support/processes.ts';

/** Debian keeps it where only root looks for programs. */
const path = `${process.env['PATH']}:/usr/sbin`;
const isHere = (() => {
  try {
    execFileSync('pgbouncer', ['--version'], { env: { PATH: path } });
    return true;
  } catch {
    return false;
  }
})();
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

const callers = [
  organizations(...leader.orgIds),
  organizations(orgs.juniper),
  organizations(orgs.harborview, orgs.pelican),
  organizations(),
];
const whoAmI = { view: '', text: `select current_setting('app.allowed_org_ids', true)`, values: [] };
const students = {
  view: 'students',
  text: `select md5(string_agg(id::text, ',' order by id)) from analytics_production.students`,
  values: [],
};
const failing = { view: '', text: 'select 1 / 0', values: [] };

const modes = ['transaction', 'statement'];

describe.skipIf(!isHere).each(modes)('behind pgbouncer in %s mode (needs the program pgbouncer)', (mode) => {
  let folder: string;
  let pooler: ChildProcess;
  let ended: Promise<unknown>;
  let url: string;
  let database: Database;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'timeback-pooler-'));
    const port = await freePort();
    const { host, port: serverPort, user, password, database: name } = new pg.Client(inject('demoUrl'));
    // Fewer connections than the program has: they change hands all the time.
    const settings = `
[databases]
demo = host=${host} port=${serverPort} dbname=${name} user=${user}${password ? ` password=${password}` : ''}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 2
`;
    await writeFile(join(folder, 'pgbouncer.ini'), settings);
    await chmod(folder, 0o755);
    // It refuses to be root, and only one user may enter the folder of an embedded server's socket.
    const { uid, gid } = host.startsWith('/') ? await stat(host) : { uid: nobody, gid: nobody };
    const as = isRoot ? { uid, gid } : {};
    pooler = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], { env: { PATH: path }, stdio: 'ignore', ...as });
    ended = once(pooler, 'exit');
    url = `postgresql://${user}@127.0.0.1:${port}/demo?sslmode=disable`;
    database = openDatabase({
      url,
      schema: 'analytics_production',
      poolSize: 6,
      poolWaitMs: 15_000,
      prepared: false,
      setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
    });
    await until(() => database.ping(1_000), 'pgbouncer lets us in');
  });
  afterAll(async () => {
    await database.close();
    pooler.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  });

  const soon = () => ({ patience: new Patience(20_000) });

  it('everybody gets her own, through errors and timeouts too', async () => {
    await database.learn();
    const answers = await Promise.all(callers.map((scope) => database.session(scope, soon()).read(students)));
    expect(new Set(answers.map(([row]) => row![0])).size).toBe(callers.length);
    const turns = Array.from({ length: 600 }, async (_, turn) => {
      const caller = turn % callers.length;
      const reader = database.session(callers[caller]!, soon());
      if (turn % 40 === 7) await expect(reader.read(failing)).rejects.toThrow();
      if (turn % 40 === 13) {
        const hasty = database.session(callers[caller]!, { patience: new Patience(25) });
        await expect(hasty.read({ ...whoAmI, text: 'select pg_sleep(30)' })).rejects.toThrow();
      }
      const [mine, broken, rows] = await Promise.allSettled([
        reader.read(whoAmI),
        reader.read(turn % 25 === 3 ? failing : whoAmI),
        reader.read(turn % 20 === 5 ? students : whoAmI),
      ]);
      expect(mine).toMatchObject({ value: [[settingOf(caller)]] });
      expect(broken.status).toBe(turn % 25 === 3 ? 'rejected' : 'fulfilled');
      expect(rows).toMatchObject({ value: turn % 20 === 5 ? answers[caller] : [[settingOf(caller)]] });
    });
    await Promise.all(turns);
  });

  it('nothing of a scope is left on the connections', async () => {
    const bare = new pg.Client(url);
    await bare.connect();
    for (let turn = 0; turn < 20; turn++) {
      const { rows } = await bare.query<{ scope: string | null }>(
        `select current_setting('app.allowed_org_ids', true) as scope`,
      );
      expect(rows[0]!.scope ?? '').toBe('');
    }
    await bare.end();
  });

  function settingOf(caller: number): string {
    const scope = callers[caller]!;
    return scope.kind === 'organizations' ? scope.orgIds.toSorted().join(',') : '*';
  }
});
