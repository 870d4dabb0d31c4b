/** Counts what a server says to PostgreSQL: how many statements, in how many round trips, and how many texts of them. */
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Counts {
  statements: number;
  roundTrips: number;
  /** Statements that PostgreSQL had to read anew: of what is prepared, none. */
  texts: number;
}

export interface Wire {
  /** The database, with the counter in between. */
  readonly url: string;
  readonly counts: Counts;
  close(): void;
}

export async function openWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const folder = target.searchParams.get('host');
  const address = folder
    ? { path: `${folder}/.s.PGSQL.${target.port || 5432}` }
    : { host: target.hostname, port: Number(target.port || 5432) };
  const counts: Counts = { statements: 0, roundTrips: 0, texts: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = createConnection(address);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => (socket === client ? database : client).destroy());
    }
    const count = counter(counts);
    client.on('data', count);
    client.pipe(database);
    database.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    counts,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads the messages of one client: the first has no letter, the others have a letter and a length. */
function counter(counts: Counts): (piece: Buffer) => void {
  let rest = Buffer.alloc(0);
  let hasBegun = false;
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const at = hasBegun ? 1 : 0;
      if (rest.length < at + 4) return;
      const size = at + rest.readInt32BE(at);
      if (rest.length < size) return;
      if (hasBegun) note(counts, String.fromCharCode(rest[0]!));
      hasBegun = true;
      rest = rest.subarray(size);
    }
  };
}

function note(counts: Counts, letter: string): void {
  // Query has a text, asks and waits; Parse has a text; Execute asks; Sync waits.
  if (letter === 'Q' || letter === 'E') counts.statements += 1;
  if (letter === 'Q' || letter === 'S') counts.roundTrips += 1;
  if (letter === 'Q' || letter === 'P') counts.texts += 1;
}
