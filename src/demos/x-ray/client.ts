import type { Saw } from '#demo/workbench.ts';

/** Asks as any page does: the browser writes the request. */
export async function askByBrowser(address: string, saw: Saw): Promise<void> {
  saw('ask', { by: 'your browser' });
  const response = await fetch(address);
  const text = await response.text();
  saw('answer', { by: 'your browser', status: response.status, characters: text.length });
}

/**
 * Sends our raw TCP client to ask for the same. It writes the start line and Host; the lines are yours.
 * A page could not: its browser adds fields of its own to every request.
 *
 * @throws Error with the server's sentence.
 */
export async function askByRobot(
  address: string,
  errand: { readonly host: boolean; readonly lines: readonly string[] },
  saw: Saw,
): Promise<void> {
  const [, , run = ''] = new URL(address).pathname.split('/');
  saw('ask', { by: 'the robot', lines: errand.lines.length, host: errand.host });
  const response = await fetch(`/runs/${run}/robot`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(errand),
  });
  const report = (await response.json()) as { error?: string; statusCode?: number };
  if (!response.ok) throw new Error(report.error ?? `The server answered ${response.status}.`);
  saw('answer', { by: 'the robot', status: report.statusCode });
}
