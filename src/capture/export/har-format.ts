/**
 * HTTP Archive 1.2, as far as it is written here, with the names of its specification
 * (http://www.softwareishard.com/blog/har-12-spec/). Names that begin with `_` are additions, which
 * that specification permits.
 */
export type Har = { readonly log: HarLog };

export type HarLog = {
  readonly version: '1.2';
  readonly creator: HarProgram;
  readonly browser?: HarProgram;
  readonly entries: readonly HarEntry[];
  readonly comment?: string;
};

export type HarProgram = { readonly name: string; readonly version: string };

export type HarEntry = {
  /** ISO 8601, with milliseconds. */
  readonly startedDateTime: string;
  /** In milliseconds; the sum of all timings but -1. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: HarTimings;
  /** The connection's number in the capture. */
  readonly connection: string;
  /** Who opened the connection: BROWSER, TOOL, BOX or ROBOT. */
  readonly _sender?: string;
  /** 0 for the connection from the page, 1 for the next one behind a box. */
  readonly _hop?: number;
  readonly _resourceType?: 'websocket';
  readonly _webSocketMessages?: readonly HarWebSocketMessage[];
  readonly _webSocketClosed?: HarWebSocketClosed;
};

export type HarPair = { readonly name: string; readonly value: string };

export type HarRequest = {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  /** Always empty: cookies are withheld when captured, and what is shown of them is in `headers`. */
  readonly cookies: readonly HarPair[];
  readonly headers: readonly HarPair[];
  readonly queryString: readonly HarPair[];
  readonly postData?: HarPostData;
  /** Octets; -1 when not known. */
  readonly headersSize: number;
  readonly bodySize: number;
};

export type HarPostData = {
  readonly mimeType: string;
  readonly params: readonly never[];
  readonly text: string;
  readonly _encoding?: 'base64';
};

export type HarResponse = {
  /** 0 when there was no response. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarPair[];
  readonly headers: readonly HarPair[];
  readonly content: HarContent;
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
};

export type HarContent = {
  /** Octets, as transferred: a content coding is not undone. */
  readonly size: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly encoding?: 'base64';
};

/** Milliseconds; -1 where it does not apply. The tap sits in the server and sees no set-up. */
export type HarTimings = {
  readonly blocked: -1;
  readonly dns: -1;
  readonly connect: -1;
  readonly ssl: -1;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
};

export type HarWebSocketMessage = {
  /** As the client has it. */
  readonly type: 'send' | 'receive';
  /** Seconds since 1970, as Chrome DevTools exports it; Playwright's recordings have milliseconds. */
  readonly time: number;
  /** 1 text, 2 binary; also control frames: 8, 9, 10. */
  readonly opcode: number;
  /** The text when the opcode is 1, otherwise base64. */
  readonly data: string;
  /**
   * Of a message with RSV1 (RFC 7692 §6): how many octets it had on the wire, where `data` is what
   * they inflate to; else that it could not be inflated, and `data` is base64 of what was sent.
   */
  readonly _compressed?: number | 'not inflated';
};

export type HarWebSocketClosed = {
  /** Of the first Close frame; 1005 if that had none, 1006 if the connection went without one. */
  readonly code: number;
  readonly reason: string;
  /** Who sent the first Close frame, as the client has it. */
  readonly type?: 'send' | 'receive';
  /** Seconds since 1970. */
  readonly time: number;
};
