import { createHash } from 'node:crypto';

/**
 * Chance that falls the same way every time.
 *
 * Everyone and everything draws from a stream of its own, seeded by its name: a pupil who joins the demo does not change
 * what happens to the others. Only integer arithmetic and the four operations are used, because the last digit of a
 * logarithm or a cosine may differ from one JavaScript engine to the next.
 */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: string) {
    const hash = createHash('sha256').update(seed).digest();
    this.#a = hash.readInt32LE(0);
    this.#b = hash.readInt32LE(4);
    this.#c = hash.readInt32LE(8);
    this.#d = hash.readInt32LE(12);
  }

  /** 32 random bits: the small fast counter of Chris Doty-Humphrey. */
  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** From 0 up to, but without, 1. */
  share(): number {
    return this.bits() / 4_294_967_296;
  }

  happens(probability: number): boolean {
    return this.share() < probability;
  }

  /** A whole number; both ends count. */
  between(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  /** Around 0, mostly within -1 and 1: the sum of three dice is close enough to a bell. */
  bell(): number {
    return (this.share() + this.share() + this.share()) * 2 - 3;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.share() * list.length)];
    if (picked === undefined) throw new Error('Nothing to pick from an empty list');
    return picked;
  }

  /** One of the list, in proportion to its weight. */
  weighted<T>(list: readonly T[], weight: (item: T) => number): T {
    let left = this.share() * list.reduce((sum, item) => sum + weight(item), 0);
    for (const item of list) {
      left -= weight(item);
      if (left < 0) return item;
    }
    return this.pick(list);
  }

  uuid(): string {
    const word = () => this.bits().toString(16).padStart(8, '0');
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}
