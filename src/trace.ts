import { channel } from 'node:diagnostics_channel';
import type { FlightReport } from './door/reader.ts';

/** From and to, as `performance.now()` counts. */
export interface Span {
  readonly begun: number;
  readonly ended: number;
}

/** A request once it is answered, for whoever traces requests: what was asked and read, and never with which values. */
export interface RequestTrace extends Span {
  /** `traceparent` and `tracestate`, as they came. */
  readonly carrier: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly method: string;
  readonly status: number;
  readonly codes: readonly string[];
  readonly operation?: string;
  readonly operationType?: string;
  readonly document?: string;
  readonly execution?: Span;
  readonly flights: readonly (Span & { readonly report: FlightReport })[];
}

/**
 * Each request is published here if somebody listens, and costs nothing if not. The program knows nothing of who that is: `telemetry.ts`
 * makes spans of OpenTelemetry of it.
 */
export const requestChannel = channel('timeback.request');
