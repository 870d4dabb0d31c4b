/** Numbers that look random and are the same in every run. */
export interface Chance {
  /** From 0 to below the limit. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  happens(share: number): boolean;
  /** Some of them, in their order, none twice. */
  some<T>(from: readonly T[], most: number): T[];
  shuffle<T>(all: readonly T[]): T[];
  uuid(): string;
}

export function chance(seed: string): Chance {
  let state = Array.from(seed).reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0, 7);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const shuffle = <T>(all: readonly T[]): T[] => {
    const left = [...all];
    return all.map(() => left.splice(below(left.length), 1)[0]!);
  };
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('');
  return {
    below,
    shuffle,
    pick: (from) => from[below(from.length)]!,
    happens: (share) => next() < share,
    some: (from, most) => shuffle(from).slice(0, below(most + 1)),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
}
