import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { root } from '../../root.ts';

export type Volume = 'small' | 'medium' | 'large';

interface Amounts {
  readonly students: number;
  readonly sessions: number;
  readonly districts: number;
  readonly schools: number;
  readonly teachers: number;
  readonly apps: number;
}

/** Whatever is not counted here follows from these: four attempts a session, one insight, and so on. */
const amounts: Readonly<Record<Volume, Amounts>> = {
  small: { students: 200, sessions: 5_000, districts: 1, schools: 7, teachers: 20, apps: 40 },
  medium: { students: 2_000, sessions: 50_000, districts: 2, schools: 18, teachers: 100, apps: 40 },
  large: { students: 20_000, sessions: 500_000, districts: 20, schools: 180, teachers: 1_000, apps: 40 },
};

/** Runs `volume.sql`, which says what is in it. */
export async function loadVolume(client: ClientBase, size: Volume, report: (step: string) => void): Promise<void> {
  const columns = Object.entries(amounts[size]).map(([name, amount]) => `${amount} as ${name}`);
  await client.query(`create temporary table volume as select ${columns.join(', ')}`);
  const text = await readFile(join(root, 'src/database/data/volume.sql'), 'utf8');
  for (const step of text.split(/^-- step: /m).slice(1)) {
    const end = step.indexOf('\n');
    report(step.slice(0, end));
    await client.query(step.slice(end));
  }
  await client.query('drop table volume');
}
