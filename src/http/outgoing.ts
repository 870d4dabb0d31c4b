/**
 * Answers that were handed to a connection and that the client has not taken yet. Whoever asks for much and then reads nothing
 * would fill the memory with them, one connection after the other.
 *
 * A slow client is no attacker, and gets her time. When all that waits comes to too much, what has waited longest is cut off.
 */
export interface Outgoing {
  /** Counts the bytes until the function that it returns is called. */
  hold(bytes: number, cutOff: () => void): () => void;
}

export interface OutgoingLimits {
  readonly bytes: number;
  readonly ms: number;
}

interface Held {
  readonly bytes: number;
  readonly timer: NodeJS.Timeout;
  readonly cutOff: () => void;
}

export function createOutgoing(most: OutgoingLimits): Outgoing {
  // In the order in which they came.
  const all = new Set<Held>();
  let bytes = 0;
  const release = (held: Held) => {
    clearTimeout(held.timer);
    if (all.delete(held)) bytes -= held.bytes;
  };
  const cutOff = (held: Held) => {
    release(held);
    held.cutOff();
  };
  return {
    hold(size, whenCutOff) {
      const timer = setTimeout(() => cutOff(held), most.ms);
      const held: Held = { bytes: size, timer, cutOff: whenCutOff };
      all.add(held);
      bytes += size;
      for (const oldest of all) {
        if (bytes <= most.bytes || oldest === held) break;
        cutOff(oldest);
      }
      return () => release(held);
    },
  };
}
