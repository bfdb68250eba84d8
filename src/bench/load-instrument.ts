export type Instrument = typeof import('./instrument.ts');

let loading: Promise<Instrument> | undefined;

/** Loads the instrument, once for all benches of a page. */
export function loadInstrument(): Promise<Instrument> {
  loading ??= import('./instrument.ts').catch((error: unknown) => {
    // Not there because the server is gone: whoever asks next tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

let loadingWithHttp2: Promise<Instrument> | undefined;

/**
 * Loads it with the reader of HTTP/2. The promise is one for all calls here too: each with its own
 * could go on before one that was made earlier, and batches of a run would change places.
 */
export function loadInstrumentWithHttp2(): Promise<Instrument> {
  loadingWithHttp2 ??= withHttp2().catch((error: unknown) => {
    loadingWithHttp2 = undefined;
    throw error;
  });
  return loadingWithHttp2;
}

async function withHttp2(): Promise<Instrument> {
  const [instrument, { provideHttp2 }] = await Promise.all([
    loadInstrument(),
    import('#capture/http2/http2-rows.ts'),
  ]);
  provideHttp2();
  return instrument;
}
