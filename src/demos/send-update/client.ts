import type { Saw } from '#demo/workbench.ts';

/** Asks with this method, as any script would. What the browser writes on the wire may be another. */
export async function sendRequest(
  address: string,
  server: string,
  method: string,
  saw: Saw,
): Promise<void> {
  saw('send', { by: 'fetch', server, method });
  const response = await fetch(new URL(server, address), { method, cache: 'no-store' });
  saw('answer', { server, statusCode: response.status });
}

/** Sends our robot to the strict server: it writes the method as it is told, and no browser is asked. */
export async function sendRobot(address: string, method: string, saw: Saw): Promise<void> {
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  saw('send', { by: 'robot', server: 'strict', method });
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ method }),
  });
  const report = (await response.json()) as { statusCode?: number; error?: string };
  if (!response.ok) throw new Error(report.error ?? `the robot was not sent: ${response.status}`);
  saw('answer', { server: 'strict', statusCode: report.statusCode ?? 'none' });
}
