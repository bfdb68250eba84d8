import type { Saw } from '#demo/workbench.ts';

/** One wish to follow the stream, however many attempts that takes. */
export type Follow = {
  /** Of the stream; `retry` is in it. */
  readonly url: string;
  /** Waits this long before a new attempt of the script's own. */
  readonly retryMs: number;
  /** The last id that came, if a new attempt is to go on from there. */
  readonly lastId: () => string | undefined;
  readonly onEvent: (event: ServerEvent) => void;
  readonly saw: Saw;
  readonly signal: AbortSignal;
};

/** One event of a stream, as it is dispatched. */
export type ServerEvent = { readonly id: string; readonly type: string; readonly data: string };

const states = ['CONNECTING', 'OPEN', 'CLOSED'];

/**
 * Reads the stream with the browser's own client. What it does after an error is the browser's
 * choice; `makesAnew` adds the one thing that is left to the script.
 */
export function byEventSource(follow: Follow, makesAnew: boolean): void {
  const { onEvent, saw, signal, retryMs } = follow;
  const source = new EventSource(urlAfter(follow));
  source.onopen = () => saw('open', { readyState: 'OPEN' });
  source.onmessage = ({ data, lastEventId, type }) =>
    onEvent({ id: lastEventId, type, data: String(data) });
  source.onerror = () => {
    saw('error', { readyState: states[source.readyState] });
    // CONNECTING: it retries by itself, with Last-Event-ID. CLOSED: it never will.
    if (source.readyState !== EventSource.CLOSED || !makesAnew) return;
    saw('retry', { afterMs: retryMs });
    setTimeout(() => {
      if (!signal.aborted) byEventSource(follow, makesAnew);
    }, retryMs);
  };
  signal.addEventListener('abort', () => source.close());
}

/** A new EventSource sends no Last-Event-ID, and takes no request fields: the id goes into the URL. */
function urlAfter({ url, lastId }: Follow): string {
  const id = lastId();
  if (id === undefined) return url;
  const address = new URL(url);
  address.searchParams.set('after', id);
  return address.href;
}

/** Reads the stream with fetch: request fields and rules for retrying are the script's. */
export async function byFetch(follow: Follow): Promise<void> {
  const { url, lastId, onEvent, saw, signal } = follow;
  for (let failures = 0; !signal.aborted; failures += 1) {
    let waitMs = Math.min(follow.retryMs * 2 ** Math.min(failures, 6), 30_000);
    try {
      const id = lastId();
      const headers = {
        Accept: 'text/event-stream',
        ...(id !== undefined && { 'Last-Event-ID': id }),
      };
      const response = await fetch(url, { headers, signal, cache: 'no-store' });
      if (response.ok && response.status !== 204 && response.body !== null) {
        saw('open', { statusCode: response.status });
        failures = -1;
        for await (const event of readEvents(response.body)) onEvent(event);
      } else if (response.status < 500) {
        saw('ended', { statusCode: response.status });
        return; // 204 asks to stop; a 4xx won't get better by asking again.
      } else {
        const seconds = Number(response.headers.get('Retry-After') ?? NaN);
        if (seconds >= 0 && seconds <= 60) waitMs = seconds * 1000;
        saw('refused', { statusCode: response.status });
      }
    } catch (error) {
      if (!signal.aborted) saw('error', { reason: (error as Error).message });
    }
    if (signal.aborted) return;
    saw('retry', { afterMs: waitMs });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** Reads an event stream. WHATWG HTML §9.2.6, but for `retry`, whose place our own rules take. */
export async function* readEvents(body: ReadableStream<BufferSource>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  let id = '';
  let type = '';
  let data: string[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return; // An event that its blank line has not ended doesn't count.
    // A CR at the end may be half of a CR LF.
    const lines = (unread + value).split(/\r\n|\n|\r(?!$)/);
    unread = lines.pop() ?? '';
    for (const line of lines) {
      const [, name = line, text = ''] = /^([^:]*): ?([^]*)$/.exec(line) ?? [];
      if (line === '') {
        if (data.length > 0) yield { id, type: type || 'message', data: data.join('\n') };
        [type, data] = ['', []];
      } else if (name === 'data') data.push(text);
      else if (name === 'event') type = text;
      else if (name === 'id' && !text.includes('\0')) id = text;
    }
  }
}

/**
 * Opens streams as so many tabs would; over HTTP/1.1 a browser has six connections to a host. They are
 * this site's own six: another name of this machine would be another origin, which may not be asked.
 */
export function openTabs(address: string, count: number, saw: Saw): readonly EventSource[] {
  return Array.from({ length: count }, (_, index) => {
    const tab = index + 1;
    const source = new EventSource(new URL(`tab?tab=${tab}`, address));
    saw('tab', { tab, state: 'waits' });
    source.onmessage = () => saw('tab', { tab, state: 'open' });
    const close = () => {
      source.close();
      saw('tab', { tab, state: 'closed' });
    };
    source.onerror = close;
    source.addEventListener('bye', close);
    return source;
  });
}
