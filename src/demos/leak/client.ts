import type { Saw } from '#demo/workbench.ts';

const VIA = 'via/shared-cache/greeting';

/** Tells the origin which fields to send, past the cache, which so forgets what it had. */
export async function tellOrigin(address: string, repair: string, saw: Saw): Promise<void> {
  saw('settings', { repair });
  const response = await fetch(new URL(VIA, address), {
    method: 'PUT',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ repair }),
  });
  if (!response.ok) throw new Error(`the origin answered with ${response.status}`);
}

/** Asks for the greeting as one of the two; no cookie of anybody goes with it. */
export async function askAs(
  user: string,
  address: string,
  repair: string,
  saw: Saw,
): Promise<void> {
  const url = new URL(VIA, address);
  if (repair === 'own-address') url.searchParams.set('user', user.toLowerCase());
  const response = await fetch(url, {
    credentials: 'omit',
    headers: { 'X-Demo-User': user },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the origin answered with ${response.status}`);
  const age = response.headers.get('age');
  saw('greeting', {
    user,
    repair,
    greeted: /^Hello (\w+)/.exec(text)?.[1],
    ...(age !== null && { age }),
  });
}
