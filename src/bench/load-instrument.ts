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

/** Readers of protocols that few runs hold. */
const readers = {
  http2: async () => (await import('#capture/http2/http2-rows.ts')).provideHttp2(),
  tls: async () => (await import('#capture/tls/tls-rows.ts')).provideTls(),
};

type Reader = keyof typeof readers;

const loadingWith = new Map<Reader, Promise<Instrument>>();

/**
 * Loads it with the reader of another protocol. The promise is one for all calls here too: each with its
 * own could go on before one that was made earlier, and batches of a run would change places.
 */
export function loadInstrumentWith(reader: Reader): Promise<Instrument> {
  const known = loadingWith.get(reader);
  if (known !== undefined) return known;
  const loadingBoth = withReader(reader).catch((error: unknown) => {
    loadingWith.delete(reader);
    throw error;
  });
  loadingWith.set(reader, loadingBoth);
  return loadingBoth;
}

async function withReader(reader: Reader): Promise<Instrument> {
  const [instrument] = await Promise.all([loadInstrument(), readers[reader]()]);
  return instrument;
}
