import type { OutgoingHttpHeaders } from 'node:http2';

/**
 * What the robot asks over HTTP/2, field by field. None of it comes from a request, and none of it says
 * where the robot goes: it is always our own listener. So everybody's octets are the same.
 */
export const AUTHORITY = 'app.example.com';

/** A line of 95 octets in HTTP/1.1, of no meaning to anybody. */
const COOKIE =
  'session=8f14e45fceea167a5a36dedd4bea2543; theme=dark; consent=all; visit=2; test=a12c';

/** The head of a GET as Chrome 141 on Windows would send it: 638 octets in HTTP/1.1, 543 without cookie. */
export function browserHead(cookie: boolean): OutgoingHttpHeaders {
  return {
    ':method': 'GET',
    ':scheme': 'http',
    ':authority': AUTHORITY,
    ':path': '/api/feed?after=41',
    'sec-ch-ua-platform': '"Windows"',
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'sec-ch-ua': '"Google Chrome";v="141", "Not?A_Brand";v="8", "Chromium";v="141"',
    'sec-ch-ua-mobile': '?0',
    accept: '*/*',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
    referer: `http://${AUTHORITY}/live-board`,
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'en-US,en;q=0.9',
    ...(cookie && { cookie: COOKIE }),
  };
}

/** Opens a WebSocket on one stream. RFC 8441 §4: no Upgrade, no key. */
export const ECHO_HEAD: OutgoingHttpHeaders = {
  ':method': 'CONNECT',
  ':protocol': 'websocket',
  ':scheme': 'http',
  ':authority': AUTHORITY,
  ':path': '/echo',
  'sec-websocket-version': '13',
  origin: `http://${AUTHORITY}`,
};

/** Asks for one event. */
export const EVENT_HEAD: OutgoingHttpHeaders = {
  ':method': 'GET',
  ':scheme': 'http',
  ':authority': AUTHORITY,
  ':path': '/event',
  accept: 'application/json',
};

/** Opens a WebSocket for the same event, as {@link ECHO_HEAD} does. */
export const EVENTS_HEAD: OutgoingHttpHeaders = { ...ECHO_HEAD, ':path': '/events' };
