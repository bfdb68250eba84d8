import type { Saw } from '#demo/workbench.ts';

/** Asks for the same JSON, one request after the other, over HTTP/1.1: a browser speaks no other here. */
export async function askOverHttp1(address: string, requests: number, saw: Saw): Promise<void> {
  saw('ask', { over: 'HTTP/1.1', requests });
  for (let count = 0; count < requests; count += 1) {
    const response = await fetch(new URL('api/feed?after=41', address));
    await response.json();
  }
  saw('answers', { over: 'HTTP/1.1', requests });
}

/** What the robot is told: never where to go. */
export type Errand = {
  readonly requests: number;
  /** `each`: a new connection for every request. */
  readonly connection: string;
  readonly cookie: boolean;
};

/**
 * Sends our robot to ask over HTTP/2. A browser would, over TLS: none of them speaks HTTP/2 without it,
 * and this server has no certificate that your browser would trust.
 */
export async function sendRobot(address: string, errand: Errand, saw: Saw): Promise<void> {
  saw('ask', { over: 'HTTP/2', requests: errand.requests });
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(errand),
  });
  if (!response.ok) throw new Error(`the robot was not sent: ${response.status}`);
  saw('answers', { over: 'HTTP/2', ...((await response.json()) as object) });
}
