// Written by scripts/nginx-lines.ts: what one nginx really did.
import type { NginxRecord } from './nginx-lines.ts';

export const nginxVersion = 'nginx/1.22.1';
export const nginxRecordedOn = '2026-11-25';

/** By choice of lines, one digit each. */
export const nginxRecorded: Readonly<Record<string, NginxRecord>> = {
  '1000': {
    originSaw: 'GET HTTP/1.1; connection: close',
    status: 200,
    beats: 0,
  },
  '1001': {
    originSaw: 'GET HTTP/1.1; connection: close',
    status: 200,
    beats: 0,
  },
  '1010': {
    originSaw: 'GET HTTP/1.1; connection: upgrade',
    status: 200,
    beats: 0,
  },
  '1011': {
    originSaw: 'GET HTTP/1.1; connection: upgrade',
    status: 200,
    beats: 0,
  },
  '1100': {
    originSaw: 'GET HTTP/1.1; connection: close; upgrade: websocket',
    status: 200,
    beats: 0,
  },
  '1101': {
    originSaw: 'GET HTTP/1.1; connection: close; upgrade: websocket',
    status: 200,
    beats: 0,
  },
  '1110': {
    originSaw: 'GET HTTP/1.1; connection: upgrade; upgrade: websocket',
    status: 101,
    beats: 0,
    endedAfterSeconds: 60,
    code: 1006,
  },
  '1111': {
    originSaw: 'GET HTTP/1.1; connection: upgrade; upgrade: websocket',
    status: 101,
    beats: 1,
  },
  '0000': {
    originSaw: 'GET HTTP/1.0; connection: close',
    status: 200,
    beats: 0,
  },
  '0100': {
    originSaw: 'GET HTTP/1.0; connection: close; upgrade: websocket',
    status: 200,
    beats: 0,
  },
  '0010': {
    originSaw: 'GET HTTP/1.0; connection: upgrade',
    status: 200,
    beats: 0,
  },
  '0110': {
    originSaw: 'GET HTTP/1.0; connection: upgrade; upgrade: websocket',
    status: 101,
    beats: 0,
    endedAfterSeconds: 60,
    code: 1006,
  },
  '0001': {
    originSaw: 'GET HTTP/1.0; connection: close',
    status: 200,
    beats: 0,
  },
  '0101': {
    originSaw: 'GET HTTP/1.0; connection: close; upgrade: websocket',
    status: 200,
    beats: 0,
  },
  '0011': {
    originSaw: 'GET HTTP/1.0; connection: upgrade',
    status: 200,
    beats: 0,
  },
  '0111': {
    originSaw: 'GET HTTP/1.0; connection: upgrade; upgrade: websocket',
    status: 101,
    beats: 1,
  },
};
