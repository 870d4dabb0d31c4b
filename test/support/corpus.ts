import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyst, guide, leader, type DemoCaller } from '../../src/database/data/callers.ts';
import * as landmarks from '../../src/database/data/landmarks.ts';
import type { Scope } from '../../src/scope.ts';

/** A question that somebody would ask, with everything that it takes to ask it. */
export interface Story {
  /** `sessions/lastOfStudent`: also the place of its files under `test/queries`. */
  readonly name: string;
  readonly query: string;
  readonly as: Scope;
  readonly variables: Record<string, unknown>;
}

export const storyFolder = join(import.meta.dirname, '../queries');

const callers: Readonly<Record<string, Scope>> = {
  leader: scopeOf(leader),
  guide: scopeOf(guide),
  analyst: scopeOf(analyst),
  nobody: { kind: 'organizations', orgIds: [] },
};

function scopeOf({ orgIds }: DemoCaller): Scope {
  return orgIds === 'unrestricted' ? { kind: 'unrestricted' } : { kind: 'organizations', orgIds };
}

/** `students.maya` is the id that the demo data give that name; anything else is JSON. */
function valueOf(text: string): unknown {
  const [group, name] = text.split('.');
  const ids = (landmarks as Record<string, Record<string, string>>)[group!];
  return ids && name && ids[name] !== undefined ? ids[name] : JSON.parse(text);
}

/** The stories are files; their first comments say who asks, and with which variables. */
export function readStories(): readonly Story[] {
  const files = readdirSync(storyFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .toSorted();
  return files.map((file) => {
    const query = readFileSync(join(storyFolder, file), 'utf8');
    const as = /^# as: (\w+)$/m.exec(query)?.[1] ?? 'leader';
    const variables = Array.from(query.matchAll(/^# \$(\w+): (.+)$/gm), ([, name, text]) => [name, valueOf(text!)]);
    return { name: file.replace('.graphql', ''), query, as: callers[as]!, variables: Object.fromEntries(variables) };
  });
}
