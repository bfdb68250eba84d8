import type { Saw } from '#demo/workbench.ts';

export type Press = {
  /** Of the wallet; ends in `/`. */
  readonly address: string;
  /** The same behind a box that swallows the answer. */
  readonly lossyAddress: string;
  readonly method: string;
  readonly loseFirst: boolean;
  readonly attempts: number;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
};

const TIMEOUT_MS = 1000;

/** Four ways to make 100 into 110: where, and with what content. */
const requests: Readonly<Record<string, { readonly path: string; readonly content: object }>> = {
  POST: { path: 'deposits', content: { amount: 10 } },
  PUT: { path: 'balance', content: { balance: 110 } },
  PATCH: { path: 'balance', content: { delta: 10 } },
  DELETE: { path: 'hold', content: {} },
};

/** Asks, and asks the same again when no answer comes: nobody here can tell if it was done. */
export async function press({ method, key, signal, ...press }: Press, saw: Saw): Promise<void> {
  const { path, content } = requests[method]!;
  for (let attempt = 1; attempt <= press.attempts && !signal.aborted; attempt += 1) {
    const isLost = press.loseFirst && attempt === 1;
    saw('send', { method, attempt });
    try {
      const response = await fetch(new URL(path, isLost ? press.lossyAddress : press.address), {
        method,
        headers: {
          'Content-Type': 'application/json',
          // The same with each attempt: that is what it is for.
          ...(key !== undefined && { 'Idempotency-Key': key }),
        },
        body: JSON.stringify(content),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      saw('answer', { method, attempt, statusCode: response.status });
      return;
    } catch (error) {
      if (!signal.aborted) saw('time-out', { method, attempt, reason: (error as Error).name });
    }
  }
}

/** Begins a wallet with 100 in it. */
export async function beginWallet(address: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(new URL('wallets', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
    signal,
  });
  if (!response.ok) throw new Error(`the wallet did not open: ${response.status}`);
  return ((await response.json()) as { wallet: number }).wallet;
}
