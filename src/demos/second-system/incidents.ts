/** What happened to somebody, told in our words. */
export type Incident = {
  /** When; where what we could read gives no year, it says so. */
  readonly when: string;
  readonly happened: string;
  readonly source: { readonly title: string; readonly href: string };
};

/** Where a part of the MODEL has been met outside. */
export const Incidents: readonly Incident[] = [
  {
    when: '15 and 16 September, in a year that the copy we read does not name',
    happened:
      'New WebSocket servers of Pusher reached a limit and took no more connections; clients saw 1006 and came to other servers or to the SockJS fallback. A day later most of the traffic had fallen back, SockJS reached its capacity, and latency rose until an engineer added more.',
    source: {
      title: 'Pusher, Increased error rates in our EU cluster',
      href: 'https://status.pusher.com/incidents/wb854t7wzvvh',
    },
  },
  {
    when: '3 March 2015',
    happened:
      'A load balancer of Pusher took healthy machines out of service. Their traffic overloaded those that were left, which were then taken out as well.',
    source: {
      title: 'Pusher, Problems with REST API and WebSocket latencies',
      href: 'https://status.pusher.com/incidents/2llsqlg9rlmy',
    },
  },
  {
    when: 'June 2023',
    happened:
      'Pusher’s client library stopped giving up on WebSocket after two failures: until then, a browser whose connection was bad for a while could be left on the slower fallbacks for the rest of its session.',
    source: {
      title: 'pusher/pusher-js #733',
      href: 'https://github.com/pusher/pusher-js/pull/733',
    },
  },
];
