import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time of a process, its threads and its descendants, in seconds; `undefined` where the system
 * doesn't tell (it takes Linux).
 *
 * From `schedstat`, which counts nanoseconds: `/proc/<pid>/stat` has ticks of 10 ms, too coarse for a
 * window of half a second. Threads that have ended are missing.
 */
export function treeCpuSeconds(pid: number): number | undefined {
  const tasks = tasksOf(pid);
  if (tasks.length === 0) return undefined;
  const own = tasks.reduce((sum, task) => sum + nanosecondsOf(`${task}/schedstat`), 0);
  return childrenOf(pid).reduce((sum, child) => sum + (treeCpuSeconds(child) ?? 0), own / 1e9);
}

/** The processes that a process has started, and theirs. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Resident memory of a process in octets; `undefined` where the system doesn't tell. */
export function residentOctets(pid: number): number | undefined {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${String(pid)}/status`)) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** CPU time that the whole machine has been busy for, in seconds; `undefined` as above. */
export function machineBusySeconds(): number | undefined {
  const [line = ''] = textOf('/proc/stat').split('\n', 1);
  const [user, nice, system, , , irq, softirq] = line.split(/\s+/).slice(1).map(Number);
  if (user === undefined) return undefined;
  const ticks = [user, nice, system, irq, softirq].reduce<number>((sum, n) => sum + (n ?? 0), 0);
  return ticks / TICKS_PER_SECOND;
}

/** USER_HZ, which is 100 on all common builds of Linux. */
const TICKS_PER_SECOND = 100;

function childrenOf(pid: number): number[] {
  const lists = tasksOf(pid).map((task) => textOf(`${task}/children`));
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

function tasksOf(pid: number): string[] {
  const folder = `/proc/${String(pid)}/task`;
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function nanosecondsOf(schedstat: string): number {
  return Number(textOf(schedstat).split(' ', 1)[0]);
}

/** A process or a thread may end between being listed and being read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
