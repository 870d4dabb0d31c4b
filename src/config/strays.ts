import { variableNames, type Environment } from './variables.ts';

const prefixes = new Set(variableNames.filter((name) => name.includes('_')).map(prefixOf));

/** Kubernetes tells each container where the services of its namespace are, be they called `auth` or `database`. */
const isOfKubernetes = /_SERVICE_HOST$|_SERVICE_PORT(_\w+)?$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;

/** Beyond this, two names are different words. */
const mostChanges = 3;
/** Names of others are to be left alone: only a long one, nearly written like one of ours, is taken for it. */
const shortestForeign = 8;
const mostForeignChanges = 2;

/**
 * A line for each variable that looks like one of ours and is none: with a typo in its name, a limit does not hold, and nothing
 * says so. Never its value.
 */
export function straysIn(environment: Environment): readonly string[] {
  const known: ReadonlySet<string> = new Set(variableNames);
  const lines: string[] = [];
  for (const [name, text = ''] of Object.entries(environment)) {
    if (text.trim() === '' || known.has(name) || isOfKubernetes.test(name)) continue;
    const upper = name.toUpperCase();
    const { nearest, changes } = nearestTo(upper);
    const isForeign = !prefixes.has(prefixOf(upper));
    if (isForeign && (nearest.length < shortestForeign || changes > mostForeignChanges)) continue;
    const instead = changes > mostChanges ? '' : ` There is ${nearest}.`;
    lines.push(`${name} is not read: there is no such variable.${instead}`);
  }
  return lines;
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf('_') + 1);
}

function nearestTo(name: string): { readonly nearest: string; readonly changes: number } {
  let found = { nearest: '', changes: Infinity };
  for (const one of variableNames) {
    const changes = changesBetween(name, one);
    if (changes < found.changes) found = { nearest: one, changes };
  }
  return found;
}

/** How many letters have to be changed, put in or left out to make one of the other. */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const changed = row[to - 1]! + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(changed, row[to]! + 1, next[to - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
