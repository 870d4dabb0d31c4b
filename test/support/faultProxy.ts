import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';
import { once } from 'node:events';

/** Stands between the program and PostgreSQL, and does to the packets what networks and servers do. */
export interface FaultProxy {
  /** The URL of the database behind it, by way of the proxy. */
  urlOf(url: string): string;
  /** A server that was started anew may be elsewhere. */
  aim(url: string): void;
  /** How many are connected. */
  connections(): number;
  /** Nobody listens, and whoever was connected hears of it. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /** Ends every connection with a RST. */
  reset(): void;
  /** Ends every connection as a pooler does that has lost its server. */
  lose(): void;
  /** Does away with every connection as a firewall does: nobody hears of it until she says something. */
  forget(): void;
  /** Packets vanish, both ways, and nobody hears of it. */
  readonly network: { isBlackhole: boolean; delayMs: number };
  /** As a pooler does, it knows nobody whom a cancel could be for once her connection has gone. */
  asPooler(): void;
  stop(): Promise<void>;
}

/** What a cancel has in the place of the version of the protocol. */
const cancelCode = 80_877_102;

/** An ErrorResponse: its type, its length, and its fields, each with a letter in front and a zero behind. */
const lostServer = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C08P01\0Mserver conn crashed?\0\0');
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + length.length);
  return Buffer.concat([Buffer.from('E'), length, fields]);
})();

export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const network = { isBlackhole: false, delayMs: 0 };
  const clients = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let target = targetOf(upstream);
  let isPooler = false;
  const server = createServer((client) => {
    clients.add(client);
    const postgres = connect(target);
    client.on('close', () => clients.delete(client));
    client.once('data', (bytes) => {
      const isCancel = bytes.length === 16 && bytes.readInt32BE(4) === cancelCode;
      if (isCancel && isPooler && clients.size === 1) client.destroy();
    });
    pass(client, postgres);
    pass(postgres, client);
  });

  function pass(from: Socket, to: Socket): void {
    const later = (action: () => void) => {
      if (network.delayMs > 0) setTimeout(action, network.delayMs);
      else action();
    };
    from.on('data', (bytes) => {
      if (forgotten.has(from)) from.resetAndDestroy();
      else if (!network.isBlackhole && !from.destroyed) later(() => to.write(bytes));
    });
    from.on('end', () => later(() => to.end()));
    // The end of one side is the end of the other; how it came about is what the tests ask the program.
    from.on('error', () => undefined);
    from.on('close', () => later(() => to.destroy()));
  }

  const reset = () => {
    for (const client of clients) client.resetAndDestroy();
  };
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const refuse = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    reset();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    network,
    urlOf(url) {
      const proxied = new URL(url);
      proxied.searchParams.delete('host');
      proxied.host = `127.0.0.1:${port}`;
      return proxied.href;
    },
    aim(url) {
      target = targetOf(url);
    },
    asPooler() {
      isPooler = true;
    },
    connections: () => clients.size,
    refuse,
    accept: () => listen(port),
    reset,
    lose() {
      for (const client of clients) client.end(lostServer);
    },
    forget() {
      for (const client of clients) forgotten.add(client);
    },
    stop: refuse,
  };
}

function targetOf(url: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(url);
  const at = Number(port || 5432);
  const folder = searchParams.get('host');
  return folder?.startsWith('/') ? { path: `${folder}/.s.PGSQL.${at}` } : { host: hostname, port: at };
}
