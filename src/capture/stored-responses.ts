import type { Row } from './row.ts';

type Stored = {
  readonly rowNumber: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
};

const MAX_TARGETS = 1000;
const MAX_PER_TARGET = 20;

/** Remembers 200s, so that a 304 can be tied to the one that it renews. RFC 9111 §4.3.4. */
export class StoredResponses {
  readonly #byTarget = new Map<string, Stored[]>();

  remember(
    hop: number,
    requestTarget: string,
    row: Row,
    fields: Readonly<Record<string, string>>,
  ): void {
    const key = `${hop} ${requestTarget}`;
    const stored = this.#byTarget.get(key) ?? [];
    stored.push({
      rowNumber: row.number,
      etag: fields['etag'],
      lastModified: fields['last-modified'],
    });
    if (stored.length > MAX_PER_TARGET) stored.shift();
    this.#byTarget.set(key, stored);
    if (this.#byTarget.size > MAX_TARGETS) {
      for (const oldest of this.#byTarget.keys()) {
        this.#byTarget.delete(oldest);
        break;
      }
    }
  }

  /**
   * Finds the row of the newest 200 that the request asked to validate.
   *
   * Entity tags are compared weakly, as RFC 9110 §13.1.2 has it.
   */
  find(
    hop: number,
    requestTarget: string,
    requestFields: Readonly<Record<string, string>>,
  ): number | undefined {
    const etags = (requestFields['if-none-match'] ?? '').match(/"[^"]*"/g);
    const since = requestFields['if-modified-since'];
    return this.#byTarget
      .get(`${hop} ${requestTarget}`)
      ?.findLast(({ etag, lastModified }) =>
        etags === null
          ? lastModified !== undefined && lastModified === since
          : etag !== undefined && etags.includes(etag.replace(/^W\//, '')),
      )?.rowNumber;
  }
}
