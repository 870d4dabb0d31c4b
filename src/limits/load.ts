export type Variables = Readonly<Record<string, unknown>>;
/** Objects that an answer could hold, what has to be read for them, and the values that are written of them. */
export type LoadKind = 'nodes' | 'cost' | 'values';
export type Load = Readonly<Record<LoadKind, number>>;

export const nothing: Load = { nodes: 0, cost: 0, values: 0 };

export function plus(load: Load, more: Load, times = 1): Load {
  return {
    nodes: load.nodes + more.nodes * times,
    cost: load.cost + more.cost * times,
    values: load.values + more.values * times,
  };
}
