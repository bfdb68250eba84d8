import { RequestError } from '#demo-server/front/answers.ts';

/** A request target below `/live/`, taken apart. */
export type LiveTarget = {
  readonly run: string;
  readonly demo: string;
  /** Segment of the first box on the way, parameters and all; it forwards to `nextTarget`. */
  readonly box: string | undefined;
  readonly nextTarget: string;
  readonly rest: string;
  readonly query: URLSearchParams;
};

const TARGET = /^\/live\/([^/?]+)\/([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;
const VIA = /^via\/([^/]+)\/?(.*)$/;

/** Takes apart `/live/<run>/<demo>/[via/<box>/]<rest>?<query>`, which `new URL` could misread. */
export function parseLiveTarget(requestTarget: string): LiveTarget {
  const [, run, demo, path = '', query = ''] = TARGET.exec(requestTarget) ?? [];
  if (run === undefined || demo === undefined) {
    throw new RequestError(404, 'Addresses here are /live/<run>/<demo>/….');
  }
  const [, box, behind = ''] = VIA.exec(path) ?? [];
  const search = requestTarget.includes('?') ? `?${query}` : '';
  return {
    run,
    demo,
    box,
    nextTarget: `/live/${run}/${demo}/${behind}${search}`,
    rest: path,
    query: new URLSearchParams(query),
  };
}
