import pg from 'pg';

interface Cancellable {
  readonly processID: number;
  readonly secretKey: number;
  readonly connectionParameters: { readonly host: string; readonly port: number; readonly ssl?: unknown };
}

interface CancelConnection {
  readonly stream: { end(): void; destroy(): void };
  on(event: string, listener: () => void): void;
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

/** By then it was heard, or nobody is listening: a server that stands still would keep a process alive that is to end. */
const heardMs = 1_000;

/** Tells PostgreSQL, over a connection of its own, to stop what the client is doing. Whether it still was is not known. */
export function cancel(client: pg.PoolClient): void {
  const { processID, secretKey, connectionParameters } = client as unknown as Cancellable;
  const connection = new pg.Connection({ ssl: connectionParameters.ssl } as never) as unknown as CancelConnection;
  const send = () => {
    connection.cancel(processID, secretKey);
    connection.stream.end();
  };
  connection.on('error', () => connection.stream.destroy());
  const timer = setTimeout(() => connection.stream.destroy(), heardMs);
  connection.on('end', () => clearTimeout(timer));
  if (connectionParameters.ssl) {
    connection.on('connect', () => connection.requestSsl());
    connection.on('sslconnect', send);
  } else {
    connection.on('connect', send);
  }
  const { host, port } = connectionParameters;
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}
