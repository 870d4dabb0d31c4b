import pg from 'pg';

/** A connection of its own, outside of every pool, for a command. Whoever asks for it ends it. */
export async function connectTo(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...options, connectionString: url });
  // A connection that breaks between two statements says so as an event, and an event that nobody hears ends the process. The
  // next statement says it again, where it is heard.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
