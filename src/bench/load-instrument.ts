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
