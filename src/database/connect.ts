import pg from 'pg';

/**
 * Hangs up if nothing comes of it. pg itself, if it has no password or cannot do what it is asked for, leaves its connection open, and
 * PostgreSQL keeps a place for it until its `authentication_timeout`: whoever tries every second takes all that there are.
 */
export class Client extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    if (!callback) {
      return super.connect().catch((error: unknown) => {
        this.#hangUp();
        throw error;
      });
    }
    super.connect((error: Error | null) => {
      if (error) this.#hangUp();
      callback(error!);
    });
    return undefined;
  }

  #hangUp(): void {
    (this as unknown as { connection: pg.Connection }).connection.stream.destroy();
  }
}

/** A connection of its own, outside of every pool, for a command. Whoever asks for it ends it. */
export async function connectTo(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new Client({ connectionTimeoutMillis: 10_000, ...options, connectionString: url });
  // A connection that breaks between two statements says so as an event, and an event that nobody hears ends the process. The
  // next statement says it again, where it is heard.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
