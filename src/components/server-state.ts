import { serverWords } from '#words/shell.ts';

type State = 'live' | 'unreachable' | 'hosted';

/** Between two looks at the server on pages where no bench tells. */
const LOOK_AGAIN_MS = 5000;

/** Asks once which kind of copy this is; `undefined` when nobody answers. */
async function readMode(): Promise<string | undefined> {
  try {
    const response = await fetch('/version.json', { cache: 'no-store' });
    const version: unknown = response.ok ? await response.json() : undefined;
    return (version as { mode?: string } | undefined)?.mode;
  } catch {
    return undefined;
  }
}

function show(state: State): void {
  const { host } = location;
  const text = state === 'live' ? serverWords.live(host) : serverWords[state];
  for (const element of document.querySelectorAll('server-state')) {
    element.setAttribute('data-state', state);
    const words = element.querySelector('span');
    if (words && words.textContent !== text) words.textContent = text;
  }
}

async function look(): Promise<State> {
  const mode = await readMode();
  if (mode === 'hosted') return 'hosted';
  return mode === 'local' ? 'live' : 'unreachable';
}

/**
 * Keeps the header's words about the demo server true.
 *
 * A hosted copy is asked once. On a local one, benches tell by `sp:server`; without a bench it looks
 * again while the page is visible.
 */
export async function watchServer(): Promise<void> {
  window.addEventListener('sp:server', (event) => {
    const { state } = (event as CustomEvent<{ state: State }>).detail;
    if (state === 'live' || state === 'unreachable') show(state);
  });
  const first = await look();
  show(first);
  if (first === 'hosted' || document.querySelector('wire-bench')) return;
  setInterval(() => {
    if (document.visibilityState === 'visible') void look().then(show);
  }, LOOK_AGAIN_MS);
}
