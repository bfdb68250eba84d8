import type { Saw } from '#demo/workbench.ts';

/** Sends one message over a WebSocket of HTTP/1.1, and closes when it has come back. */
export function talkByBrowser(address: string, message: string, saw: Saw): Promise<void> {
  const socket = new WebSocket(new URL('echo', address.replace(/^http/, 'ws')));
  socket.onopen = () => {
    saw('open');
    socket.send(message);
    saw('send', { text: message });
  };
  socket.onmessage = ({ data }) => {
    saw('message', { text: String(data) });
    socket.close();
  };
  return new Promise((resolve) => {
    socket.onclose = ({ code }) => {
      saw('close', { code });
      resolve();
    };
  });
}

/**
 * Sends our robot to do the same over HTTP/2. Browsers do it by themselves where a page came over HTTP/2
 * and its server allows it, but that takes TLS, and this server has no certificate that they would trust.
 */
export async function talkByRobot(address: string, message: string, saw: Saw): Promise<void> {
  saw('send', { by: 'the robot', text: message });
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  if (!response.ok) throw new Error(await reason(response));
  const { answer } = (await response.json()) as { answer?: string };
  saw('message', { by: 'the robot', text: answer });
}

async function reason(response: Response): Promise<string> {
  return `the robot was not sent, ${response.status} ${await response.text()}`.trim();
}
