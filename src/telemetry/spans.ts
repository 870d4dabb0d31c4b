import {
  diag,
  DiagLogLevel,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type SpanOptions,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { subscribe } from 'node:diagnostics_channel';
import type { FlightReport } from '../door/reader.ts';
import { statusOf } from '../errors.ts';
import { createLog } from '../log.ts';
import { requestChannel, type RequestTrace, type Span } from '../trace.ts';
import { mistakesIn } from './mistakes.ts';

for (const line of mistakesIn(process.env)) process.stderr.write(`${line}\n`);

const provider = new BasicTracerProvider({
  resource: defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'timeback-graph' }))
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES; the exporter and the sampler read their own variables.
    .merge(detectResources({ detectors: [envDetector] })),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
const tracer = provider.getTracer('timeback-graph');
const propagator = new W3CTraceContextPropagator();

// Its own messages hold addresses and answers of the collector. That there was one is what an operator has to know.
const log = createLog('warn');
const quiet = () => undefined;
const logger = { error: () => log.warn('traces not sent'), warn: quiet, info: quiet, debug: quiet, verbose: quiet };
diag.setLogger(logger, DiagLogLevel.ERROR);

subscribe(requestChannel.name, (message) => spansOf(message as RequestTrace));
process.once('beforeExit', () => void provider.shutdown().catch(logger.error));

/** Made when all is over, each with the times that it had: a request that is on its way carries nothing for them but a list. */
function spansOf(request: RequestTrace): void {
  const { requestId, method, status, codes, operation, operationType = 'query', document, execution } = request;
  // The clock as it is: in a year it may have been set, and a machine may have slept.
  const origin = Date.now() - performance.now();
  const onClock = ({ begun, ended }: Span): Span => ({ begun: origin + begun, ended: origin + ended });
  const caller = propagator.extract(ROOT_CONTEXT, request.carrier, defaultTextMapGetter);
  const within = span(caller, `${method} /graphql`, onClock(request), {
    kind: SpanKind.SERVER,
    isFailed: status >= 500 || codes.some((code) => statusOf(code) >= 500),
    attributes: {
      'http.request.method': method,
      'http.route': '/graphql',
      'http.response.status_code': status,
      'timeback.request_id': requestId,
      ...(document !== undefined && { 'graphql.document.hash': document }),
      ...(codes.length > 0 && { 'timeback.codes': [...codes] }),
    },
  });
  const name = operation?.slice(0, 64);
  const asked = execution
    ? span(within, name === undefined ? operationType : `${operationType} ${name}`, onClock(execution), {
        attributes: {
          'graphql.operation.type': operationType,
          ...(name !== undefined && { 'graphql.operation.name': name }),
        },
      })
    : within;
  for (const flight of request.flights) flightSpans(asked, onClock(flight), flight.report);
}

/** The statements of a flight leave together and come back together: PostgreSQL does not say how long each of them took. */
function flightSpans(parent: Context, times: Span, { statements }: FlightReport): void {
  const within = span(parent, 'flight', times, {
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'postgresql', 'db.operation.batch.size': statements.length },
    isFailed: statements.some(({ failed }) => failed),
  });
  for (const { statement, rows, failed } of statements) {
    const view = statement.view === '' ? 'catalog' : statement.view;
    span(within, `select ${view}`, times, {
      isFailed: failed,
      attributes: {
        'db.collection.name': view,
        'db.response.returned_rows': rows,
        ...(statement.keys !== undefined && { 'timeback.keys': statement.keys }),
      },
    });
  }
}

interface Described extends Pick<SpanOptions, 'kind'> {
  readonly attributes: Attributes;
  readonly isFailed?: boolean;
}

function span(parent: Context, name: string, { begun, ended }: Span, { isFailed, ...options }: Described): Context {
  const made = tracer.startSpan(name, { ...options, startTime: begun }, parent);
  if (isFailed) made.setStatus({ code: SpanStatusCode.ERROR });
  made.end(ended);
  return trace.setSpan(parent, made);
}
