import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';

import { askOnce, type ErrandPlace, type ErrandReport } from './robot.ts';

/**
 * Clients that are no browser, each by the field lines that it sends behind `Host`. A request names one
 * of them; its octets are ours.
 */
const Visitors = {
  /** As captured from curl 7.88.1, without any option. */
  curl: () => ['User-Agent: curl/7.88.1', 'Accept: */*'],
  /** Kubernetes' HTTP probe, by the fields that its log lists (version 1.21). */
  'health-check': () => ['User-Agent: kube-probe/1.21', 'Accept: */*', 'Connection: close'],
  crawler: () => [
    'User-Agent: demo-crawler/1.0',
    'Accept: text/html, image/*',
    'Connection: close',
  ],
  /** What becomes of `curl -H 'Connection: Upgrade' -H 'Upgrade: websocket'`: there is no key. */
  'curl-upgrade': (host) => [
    'User-Agent: curl/7.88.1',
    'Accept: */*',
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Origin: http://${host}`,
  ],
} as const satisfies Readonly<Record<string, (host: string) => readonly string[]>>;

export type VisitorName = keyof typeof Visitors;

export const VISITORS = Object.keys(Visitors) as readonly VisitorName[];

/** Where a visitor goes, below the demo: to what robots may read, or to its WebSocket. */
const Places = {
  badge: 'readers/badge',
  'cached-badge': 'via/shared-cache/readers/badge',
  ws: 'ws',
} as const;

/** Who comes, and for what. */
export type Visit = { readonly visitor: VisitorName; readonly place: keyof typeof Places };

/** @throws RequestError 400 for anything but one of our clients and one of our places. */
export function parseVisit({ visitor, place, ...strangers }: JsonObject): Visit {
  const knownVisitor = VISITORS.find((known) => known === visitor);
  const knownPlace = keysOf(Places).find((known) => known === place);
  if (knownVisitor !== undefined && knownPlace !== undefined && isEmpty(strangers)) {
    return { visitor: knownVisitor, place: knownPlace };
  }
  throw new RequestError(
    400,
    `Send visitor as one of ${VISITORS.join(', ')}, place as one of ${keysOf(Places).join(', ')}, and no more.`,
  );
}

/** Sends one request as that client does, and tells what status came back. */
export function runVisit(
  { visitor, place }: Visit,
  { nextHop, host, run, demo }: ErrandPlace,
  recall: AbortSignal,
): Promise<Pick<ErrandReport, 'statusCode'>> {
  const head = [
    `GET /live/${run}/${demo}/${Places[place]} HTTP/1.1`,
    `Host: ${host}`,
    ...Visitors[visitor](host),
    '\r\n',
  ].join('\r\n');
  return askOnce(head, nextHop, recall);
}

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;

function keysOf<T extends object>(object: T): readonly (keyof T & string)[] {
  return Object.keys(object) as (keyof T & string)[];
}
