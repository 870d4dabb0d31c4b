import type { ClientBase } from 'pg';
import { loadInBulk } from './bulk.ts';
import { demoDistricts } from './demo/district.ts';
import { addOddities } from './oddities.ts';
import { loadVolume, type Volume } from './volume.ts';

export interface LoadOptions {
  /** The schema of the tables. */
  readonly source: string;
  readonly size: 'demo' | Volume;
  readonly onProgress?: (step: string) => void;
}

/** Fills the source tables, which are empty, in the transaction of the caller, who gathers the statistics afterwards. */
export async function loadData(client: ClientBase, { source, size, onProgress }: LoadOptions): Promise<void> {
  const report = onProgress ?? (() => {});
  await loadInBulk(client, source, async () => {
    if (size === 'demo') {
      report('inventing two districts');
      const data = demoDistricts();
      addOddities(data);
      report('writing people, schools and ninety days of sessions');
      await data.write(client);
    } else {
      await loadVolume(client, size, report);
    }
    report('building indexes');
  });
}
