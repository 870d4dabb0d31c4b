/** What processes have used of the machine, from the process table of Linux; elsewhere nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly cpuMs: number;
  /** What children used that have ended since. */
  readonly endedMs: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ms = (first: number) => ((Number(fields[first]) + Number(fields[first + 1])) * 1_000) / ticksPerSecond;
    return { parent: Number(fields[1]), cpuMs: ms(11), endedMs: ms(13) };
  } catch {
    return undefined;
  }
}

export function cpuMsOf(pid: number): number {
  return statOf(pid)?.cpuMs ?? NaN;
}

/** Of a process and all its children: workers of a parallel statement end with it. */
export function cpuMsOfFamily(pid: number): number {
  if (process.platform !== 'linux') return NaN;
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = all.flatMap((name) => {
    const stat = statOf(Number(name));
    return stat?.parent === pid ? [stat.cpuMs] : [];
  });
  return children.reduce((sum, ms) => sum + ms, cpuMsOf(pid) + (statOf(pid)?.endedMs ?? NaN));
}

export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? NaN;
}

export function residentMiB(pid: number): number {
  try {
    const [, kB] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return Math.round(Number(kB) / 1_024);
  } catch {
    return NaN;
  }
}
