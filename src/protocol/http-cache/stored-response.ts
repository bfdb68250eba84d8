/** What a cache keeps of a response to decide on its reuse. RFC 9111 §3. */
export type StoredResponse = {
  readonly statusCode: number;
  /** Combined values by lower-case name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Of the request that it answered; what `Vary` names is looked up here. */
  readonly requestFields?: Readonly<Record<string, string>>;
  /** When the request was sent that it answered, in milliseconds since 1970. */
  readonly requestTimeMs: number;
  /** When it was received, in milliseconds since 1970. */
  readonly responseTimeMs: number;
};
