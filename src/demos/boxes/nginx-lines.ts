/** The lines that a WebSocket needs behind nginx, by the parameter that puts each into place. */
export const nginxLines = [
  { parameter: 'version', text: 'proxy_http_version 1.1;' },
  { parameter: 'upgrade', text: 'proxy_set_header Upgrade $http_upgrade;' },
  { parameter: 'connection', text: 'proxy_set_header Connection "upgrade";' },
  { parameter: 'timeout', text: 'proxy_read_timeout 90s;' },
] as const;

/** What nginx did with one choice of lines, with a server that beats each 65 seconds. */
export type NginxRecord = {
  /** The handshake as the server got it. */
  readonly originSaw: string;
  readonly status: number;
  /** Heartbeats that came within 70 seconds. */
  readonly beats: number;
  readonly endedAfterSeconds?: number;
  readonly code?: number;
};
