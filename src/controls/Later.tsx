import type { ComponentChildren, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '#words/later.ts';

type Loading<Props> = {
  /** Imports the part; must be the same function each time. */
  readonly load: () => Promise<FunctionComponent<Props>>;
  /** Stands here until then. */
  readonly meanwhile?: ComponentChildren;
  readonly props: Props;
};

type Loaded<Props> = {
  /** What loaded it: the part that stood here before may have been another. */
  readonly by: Loading<Props>['load'];
  /** Undefined: it could not be had. */
  readonly part: FunctionComponent<Props> | undefined;
};

/** A part of a panel that is loaded once there is something for it to show. */
export function Later<Props extends object>({ load, meanwhile = null, props }: Loading<Props>) {
  const [loaded, setLoaded] = useState<Loaded<Props>>();
  useEffect(() => {
    let isWanted = true;
    const take = (part?: FunctionComponent<Props>) => {
      if (isWanted) setLoaded({ by: load, part });
    };
    load().then(take, () => take());
    return () => {
      isWanted = false;
    };
  }, [load]);
  if (loaded?.by !== load) return <>{meanwhile}</>;
  const { part: Part } = loaded;
  return Part === undefined ? <p role="alert">{words.missing}</p> : <Part {...props} />;
}
