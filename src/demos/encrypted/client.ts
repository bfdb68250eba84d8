import type { Saw } from '#demo/workbench.ts';

/** What the robot is told: which box, what to ask for and whether in TLS, but never where to go. */
export type Errand = {
  readonly box: string;
  readonly ask: string;
  readonly secure: boolean;
};

export type Answer = {
  readonly statusCode?: number;
  /** Messages or events that reached the robot within two seconds. */
  readonly updates: number;
  /** Of TLS, when the robot trusts the certificate. */
  readonly protocol?: string;
};

/**
 * Sends our robot through the box. Your browser could not go: the certificate was made a moment ago, and
 * nobody but the robot was told to trust it.
 */
export async function sendRobot(address: string, errand: Errand, saw: Saw): Promise<void> {
  saw('ask', errand);
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(errand),
  });
  if (!response.ok) throw new Error(`the robot was not sent: ${response.status}`);
  saw('answer', { ...errand, ...((await response.json()) as Answer) });
}
