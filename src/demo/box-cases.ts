/** Where a box of ours has been met outside: what it does there and here, and who wrote it down. */
export type BoxCase = {
  /** Name of the box in `/live/<run>/<demo>/via/<box>/`. */
  readonly box: string;
  /** What ours does, in a sentence. */
  readonly does: string;
  /** What happened to somebody, in a sentence. */
  readonly happened: string;
  /** When it was reported. */
  readonly year: number;
  readonly source: { readonly title: string; readonly href: string };
};

const issue = (repository: string, kind: 'issues' | 'pull', number: number): BoxCase['source'] => ({
  title: `${repository} #${number}`,
  href: `https://github.com/${repository}/${kind}/${number}`,
});

/** One for each box, in the order in which a lesson can introduce them. */
export const BoxCases: readonly BoxCase[] = [
  {
    box: 'strip-upgrade',
    does: 'It takes Connection and Upgrade off the request, so the origin sees no handshake.',
    happened:
      'In production, a browser reported status 200 for its handshake, and the server missed the word upgrade in Connection. On the developer’s own machine it worked.',
    year: 2019,
    source: issue('gorilla/websocket', 'issues', 507),
  },
  {
    box: 'refuse-upgrade',
    does: 'It answers the handshake with an error of its own. The origin sees nothing.',
    happened:
      'A company’s McAfee proxy did not accept the change to WebSocket, and the program stayed at “Attempting to connect”.',
    year: 2016,
    source: issue('liftoff/GateOne', 'issues', 581),
  },
  {
    box: 'answer-200',
    does: 'It answers the handshake with a page and status 200.',
    happened:
      'With a proxy in between, Chrome reported “Unexpected response code: 200”; without it everything worked.',
    year: 2020,
    source: issue('chimurai/http-proxy-middleware', 'issues', 391),
  },
  {
    box: 'accept-then-drop',
    does: 'It lets the 101 pass and nothing after it.',
    happened:
      'Behind Kaspersky’s scanner, a client changed from polling to WebSocket, and then the updates stopped.',
    year: 2012,
    source: issue('socketio/engine.io', 'issues', 123),
  },
  {
    box: 'hang',
    does: 'It takes the handshake and never answers.',
    happened: 'A WebSocket was begun and its open event never came; the library waited with it.',
    year: 2012,
    source: issue('SignalR/SignalR', 'issues', 1145),
  },
  {
    box: 'black-hole',
    does: 'It loses what goes one way, or both, from a message on that you choose.',
    happened:
      'A cloud’s address translator reset one end of a connection and told the other nothing, which went on taking it for open.',
    year: 2023,
    source: issue('private-attribution/ipa', 'issues', 758),
  },
  {
    box: 'buffer',
    does: 'It holds a response back, until its end, a size or a time.',
    happened:
      'Sophos took an event stream for a download and held it: all events came at once when the server stopped.',
    year: 2015,
    source: issue('Fyrd/caniuse', 'pull', 2148),
  },
  {
    box: 'rechunk',
    does: 'It cuts and joins chunks to one size.',
    happened:
      'A development proxy gathered events of 80 bytes into chunks of 512 and 2,048, and they came late.',
    year: 2025,
    source: issue('air-verse/air', 'issues', 791),
  },
  {
    box: 'idle-reset',
    does: 'It resets a connection on which nothing has moved for a while.',
    happened:
      'Event streams of a public service ended after a minute: its load balancer ended connections that were idle so long.',
    year: 2018,
    source: issue('stellar-deprecated/horizon', 'issues', 424),
  },
  {
    box: 'idle-drop',
    does: 'It forgets a silent connection and tells nobody.',
    happened:
      'A cloud’s load balancer dropped connections after four idle minutes without a reset; both sides went on using dead ones.',
    year: 2020,
    source: issue('crate/crate', 'issues', 10779),
  },
  {
    box: 'max-duration',
    does: 'It ends a request after so much time, busy or not.',
    happened:
      'A host closed an event stream after 302 seconds although a heartbeat came every 25: its limit for a request was 300.',
    year: 2026,
    source: issue('SquadQuest/SquadQuest', 'pull', 466),
  },
  {
    box: 'slow',
    does: 'It delays each direction, by chance a little more, and limits the rate.',
    happened: 'Over a satellite, WebSockets were given up before their handshake was done.',
    year: 2016,
    source: issue('meteor/meteor', 'issues', 7207),
  },
  {
    box: 'connection-limit',
    does: 'It lets in so many connections at once and answers 503 to more.',
    happened:
      'A hardened nginx allowed five connections per client; more in parallel were answered with 503.',
    year: 2014,
    source: issue('dev-sec/chef-nginx-hardening', 'issues', 11),
  },
  {
    box: 'header-limit',
    does: 'It answers 431 to a head that is larger than its buffer.',
    happened: 'A large cookie made a handshake too large for a server: 431, and no connection.',
    year: 2026,
    source: issue('qzind/tray', 'issues', 1459),
  },
  {
    box: 'http10',
    does: 'It asks the origin with HTTP/1.0, which has no Upgrade.',
    happened:
      'nginx asked a WebSocket server with HTTP/1.0, its default then, and was answered 505 until a line of its configuration said 1.1.',
    year: 2019,
    source: issue('gobwas/ws', 'issues', 75),
  },
];
