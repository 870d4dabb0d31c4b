import { z } from 'zod';
import { noScope, type Caller, type Scope } from '../scope.ts';
import { isUuid } from '../uuid.ts';
import { forbidden } from './refused.ts';

export interface ClaimNames {
  readonly orgsClaim: string;
  readonly unrestrictedClaim: string | undefined;
  readonly maxOrgs: number;
}

const organization = z.string().refine(isUuid);
const subject = z.string().min(1).max(256);

/** The scope comes from signed claims alone; no header, cookie or argument adds to it. */
export function callerOf(payload: Readonly<Record<string, unknown>>, names: ClaimNames): Caller {
  const sub = subject.safeParse(payload['sub']);
  if (!sub.success) throw forbidden('subject');
  return { subject: sub.data, scope: scopeOf(payload, names) };
}

function scopeOf(payload: Readonly<Record<string, unknown>>, names: ClaimNames): Scope {
  const { unrestrictedClaim } = names;
  // Before anything else is looked at: a bad list refuses the token, whatever else it says.
  const own = organisationsOf(payload, names);
  // Exactly `true`: a string, a number or a list in this place was written by somebody who meant something else.
  if (unrestrictedClaim !== undefined && claimAt(payload, unrestrictedClaim) === true) return { kind: 'unrestricted' };
  return own;
}

function organisationsOf(payload: Readonly<Record<string, unknown>>, { orgsClaim, maxOrgs }: ClaimNames): Scope {
  const orgs = claimAt(payload, orgsClaim);
  // A caller of no organisation has the empty scope. It is never read as "no limit".
  if (orgs === undefined || orgs === null) return noScope;
  if (!Array.isArray(orgs)) throw forbidden('organisations: no list');
  if (orgs.length > maxOrgs) throw forbidden('organisations: too many');
  const orgIds = new Set<string>();
  for (const org of orgs) {
    const id = organization.safeParse(org);
    if (!id.success) throw forbidden('organisations: no UUID');
    orgIds.add(id.data.toLowerCase());
  }
  return { kind: 'organizations', orgIds: [...orgIds] };
}

/** `ext.orgs` is the claim of that very name, if there is one (names may be URLs), else `orgs` inside `ext`. */
function claimAt(payload: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
