import { z } from 'zod';
import { variableNames } from '../../src/config/variables.ts';

const labels = z.record(z.string(), z.string());
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.enum(['/healthz', '/readyz']), port: z.string() }),
  periodSeconds: z.int(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int(),
});
const metadata = z.strictObject({ name: z.string() });
const selector = z.strictObject({ matchLabels: labels });

/** What we use of Kubernetes, Prometheus and Rover: a word that is not in here is a slip. */
export const manifests = {
  Deployment: z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('Deployment'),
    metadata,
    spec: z.strictObject({
      replicas: z.int(),
      selector,
      strategy: z.strictObject({ rollingUpdate: z.strictObject({ maxUnavailable: z.int(), maxSurge: z.int() }) }),
      template: z.strictObject({
        metadata: z.strictObject({ labels }),
        spec: z.strictObject({
          terminationGracePeriodSeconds: z.int(),
          automountServiceAccountToken: z.literal(false),
          securityContext: z.strictObject({
            runAsNonRoot: z.literal(true),
            runAsUser: z.literal(1_000),
            seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
          }),
          containers: z.tuple([
            z.strictObject({
              name: z.string(),
              image: z.string().regex(/:\d+\.\d+\.\d+$/),
              ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
              env: z.array(
                z.union([
                  z.strictObject({ name: z.enum(variableNames), value: z.string() }),
                  z.strictObject({
                    name: z.enum(variableNames),
                    valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) }),
                  }),
                ]),
              ),
              startupProbe: probe,
              livenessProbe: probe,
              readinessProbe: probe,
              lifecycle: z.strictObject({
                preStop: z.strictObject({
                  exec: z.strictObject({ command: z.tuple([z.literal('sleep'), z.string().regex(/^\d+$/)]) }),
                }),
              }),
              resources: z.strictObject({
                requests: z.strictObject({ cpu: z.string().regex(/^\d+m$/), memory: z.string().regex(/^\d+Mi$/) }),
                limits: z.strictObject({ memory: z.string().regex(/^\d+Mi$/) }),
              }),
              securityContext: z.strictObject({
                allowPrivilegeEscalation: z.literal(false),
                readOnlyRootFilesystem: z.literal(true),
                capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
              }),
            }),
          ]),
        }),
      }),
    }),
  }),
  Service: z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({
      selector: labels,
      ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string() })),
    }),
  }),
  PodDisruptionBudget: z.strictObject({
    apiVersion: z.literal('policy/v1'),
    kind: z.literal('PodDisruptionBudget'),
    metadata,
    spec: z.strictObject({ maxUnavailable: z.int(), selector }),
  }),
  alerts: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^[A-Z]\w+$/),
            expr: z.string().refine((text) => isBalanced(text), 'brackets'),
            for: z
              .string()
              .regex(/^\d+m$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string() }),
          }),
        ),
      }),
    ),
  }),
  rover: z.strictObject({
    federation_version: z.string().regex(/^=2\.\d+\.\d+$/),
    subgraphs: z.record(
      z.enum(['students', 'sessions', 'insights', 'curriculum']),
      z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }).optional(),
    ),
  }),
};

function isBalanced(text: string): boolean {
  let inner = text.replaceAll(/[^()[\]{}]/g, '');
  while (/\(\)|\[\]|\{\}/.test(inner)) inner = inner.replaceAll(/\(\)|\[\]|\{\}/g, '');
  return inner === '';
}
