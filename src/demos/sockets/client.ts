import type { Saw } from '#demo/workbench.ts';

export type Batch = { readonly number: number; readonly requests: number };

/** Asks the next time when the answer is there. */
export async function askInTurn(address: string, batch: Batch, saw: Saw): Promise<void> {
  for (const each of addressesOf(address, 'keep', batch)) await ask(each, saw);
}

/** Asks for all without waiting for any. */
export async function askAtOnce(address: string, batch: Batch, saw: Saw): Promise<void> {
  await Promise.all(addressesOf(address, 'keep', batch).map((each) => ask(each, saw)));
}

/** In turn too, where each answer says that it is the last on its connection: a page can't say so. */
export async function askWithClose(address: string, batch: Batch, saw: Saw): Promise<void> {
  for (const each of addressesOf(address, 'close', batch)) await ask(each, saw);
}

/** An address for each: the browser would put requests for one and the same in a queue for its cache. */
function addressesOf(address: string, what: string, { number, requests }: Batch): URL[] {
  return Array.from(
    { length: requests },
    (_, index) => new URL(`${what}/${number}/${index + 1}`, address),
  );
}

async function ask(address: URL, saw: Saw): Promise<void> {
  const response = await fetch(address, { cache: 'no-store' });
  await response.text();
  saw('answer', { status: response.status });
}
