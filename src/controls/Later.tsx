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

/** A part of a panel that is loaded once there is something for it to show. */
export function Later<Props extends object>({ load, meanwhile = null, props }: Loading<Props>) {
  const [Loaded, setLoaded] = useState<FunctionComponent<Props>>();
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    load().then(
      (part) => setLoaded(() => part),
      () => setMissing(true),
    );
  }, [load]);
  if (isMissing) return <p role="alert">{words.missing}</p>;
  return Loaded === undefined ? <>{meanwhile}</> : <Loaded {...props} />;
}
