import { spawnSync } from 'node:child_process';

import type { Child } from './child.ts';

/**
 * Keeps a process of the bench from preempting the server that has just woken it by an answer.
 *
 * A client on another machine can't do that. Here it happened at one answer in two to the demo server
 * and one in eight to a bare `ws`, whose load works as hard as it does: the scheduler favours who has
 * used less, so a server paid for a little more work with a lot more switches. Returns `false` where
 * there is no `chrt` (it takes Linux).
 */
export function runAsBatchJob({ pid }: Child): boolean {
  const args = ['--batch', '--all-tasks', '--pid', '0', String(pid)];
  return spawnSync('chrt', args, { stdio: 'ignore' }).status === 0;
}
