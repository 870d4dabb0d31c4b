import { createHash } from 'node:crypto';

/**
 * The id of something in the demo data, made from its name: the same name gives the same UUID on every machine, so that
 * a test, a snapshot or a page of the docs can point at it.
 */
export function demoId(name: string): string {
  const hash = createHash('sha1').update(`timeback demo: ${name}`).digest('hex');
  // Version 5 and the standard variant, as for any UUID made from a name.
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

export type VolumeKind =
  | 'organization'
  | 'student'
  | 'guide'
  | 'class'
  | 'application'
  | 'grade'
  | 'case subject'
  | 'case document'
  | 'case item'
  | 'subject'
  | 'course'
  | 'unit'
  | 'lesson'
  | 'test'
  | 'question'
  | 'session'
  | 'attempt'
  | 'event'
  | 'insight type'
  | 'insights session'
  | 'insight'
  | 'recommendation';

/**
 * The id of the nth thing (from 1) of its kind in the sizes `small`, `medium` and `large`; `volume.sql` says the same as
 * `md5('session/' || n)::uuid`. Ids that are text hold the UUID as it prints.
 */
export function volumeId(kind: VolumeKind, n: number): string {
  const hash = createHash('md5').update(`${kind}/${n}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20)].join('-');
}
