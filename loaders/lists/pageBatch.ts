import DataLoader from 'dataloader';
import { remembered } from '../../schema/remembered.ts';
import type { Context } from '../../src/context.ts';
import { failureOf, isForWantOfRoom } from '../../src/failures.ts';
import type { List } from '../sql/list.ts';
import { readPerParent } from '../perParent.ts';
import type { Sql } from '../sql/sql.ts';
import { readLevels, shapeOf, type Leveled } from './levels.ts';
import type { Page, PageReading } from './pageReading.ts';

/** Parents below whose rows the same is asked for. */
interface Part {
  readonly parents: readonly string[];
  readonly leveled: Leveled | undefined;
}

/**
 * The pages of a list that a document asks for, of whichever parents and in whichever of its places. Each is read once: what one place
 * says of it, another must not say otherwise.
 */
export class PageBatch {
  readonly #context: Context;
  readonly #list: List;
  readonly #reading: PageReading;
  readonly #loader = new DataLoader<string, Page>((parents) => this.#read(parents));
  readonly #pages = new Map<string, Page>();
  /** Those that are there, or on their way. */
  readonly #asked = new Set<string>();
  /** Whose pages are to be read with the lists below their rows, and with which. */
  readonly #ahead = new Map<string, Leveled>();

  constructor(context: Context, list: List, reading: PageReading) {
    this.#context = context;
    this.#list = list;
    this.#reading = reading;
  }

  load(parent: string): Promise<Page> {
    this.#asked.add(parent);
    return this.#loader.load(parent);
  }

  /** Has the page of that parent read, and with it what by then is to be read below it; nobody waits for it yet. */
  loadAhead(parent: string, leveled: Leveled): void {
    if (!this.#ahead.has(parent)) this.#ahead.set(parent, leveled);
    this.load(parent).catch(() => undefined);
  }

  /** Has been read elsewhere, if it is not on its way already. */
  keep(parent: string, page: Page): void {
    if (this.#asked.has(parent)) return;
    this.#asked.add(parent);
    this.#pages.set(parent, page);
    this.#loader.prime(parent, page);
  }

  /** The page, if it has been read: to wait for it once more would be a promise for each parent. */
  atHand(parent: string): Page | undefined {
    return this.#pages.get(parent);
  }

  #read(parents: readonly string[]): Promise<readonly (Page | Error)[]> {
    const parts = this.#parts(parents);
    return parts.length === 1 ? this.#readPart(parts[0]!) : this.#readParts(parents, parts);
  }

  async #readParts(parents: readonly string[], parts: readonly Part[]): Promise<readonly (Page | Error)[]> {
    const found = new Map<string, Page | Error>();
    const readings = parts.map(async (part) => {
      const pages = await this.#readPart(part).catch((error: Error) => part.parents.map(() => error));
      for (const [index, parent] of part.parents.entries()) found.set(parent, pages[index]!);
    });
    await Promise.all(readings);
    return parents.map((parent) => found.get(parent)!);
  }

  /** What one parent is asked for below its rows is not read of the others. */
  #parts(parents: readonly string[]): readonly Part[] {
    if (!this.#list.way || this.#ahead.size === 0) return [{ parents, leveled: undefined }];
    const shapes = remembered((leveled: Leveled | undefined) => (leveled ? shapeOf(leveled) : ''));
    const alike = new Map<string, string[]>();
    for (const parent of parents) {
      const shape = shapes(this.#ahead.get(parent));
      const others = alike.get(shape);
      if (others) others.push(parent);
      else alike.set(shape, [parent]);
    }
    return Array.from(alike, ([shape, parents]) => ({
      parents,
      leveled: shape === '' ? undefined : this.#ahead.get(parents[0]!),
    }));
  }

  async #readPart({ parents, leveled }: Part): Promise<readonly Page[]> {
    const below = leveled && (await this.#readWithBelow(parents, leveled));
    const pages = below ?? (await this.#readAlone(this.#list.way ? parents : null));
    for (const [index, parent] of parents.entries()) this.#pages.set(parent, pages[index]!);
    return pages;
  }

  /** What is wrong with a list below is said in its own place, when it is asked for by itself. */
  async #readWithBelow(parents: readonly string[], leveled: Leveled): Promise<readonly Page[] | undefined> {
    try {
      return await readLevels(this.#context, leveled, parents);
    } catch (error) {
      const { code } = failureOf(error).extensions;
      // To ask again would take time, or connections, that are not there.
      if ((code === 'TIMEOUT' || code === 'OVERLOADED') && !isForWantOfRoom(error)) throw error;
      return undefined;
    }
  }

  async #readAlone(parents: readonly string[] | null): Promise<readonly Page[]> {
    const reading = this.#reading;
    const write = (sql: Sql) => reading.write(sql);
    const { written, rows, offset } = await readPerParent(this.#context, this.#list, parents, write, reading.name);
    return rows.map((raw) => reading.page(written, raw, offset));
  }
}
