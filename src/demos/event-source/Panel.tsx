import { Figures } from '#controls/Figures.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { missingWords, streamSeen, type StreamSeen } from './stream-log.ts';
import { useStream } from './use-stream.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** What a user of a stream sees while its server misbehaves. */
export default function Panel({ bench, control }: Props) {
  const { isFollowing, follow, stop, end, openSeven, closeFirst } = useStream(bench);
  const seen = streamSeen(bench.rows);
  const isOff = bench.address === undefined;
  return (
    <>
      {control('by')}
      {control('retryMs')}
      {control('carryId')}
      <div class="panel-actions">
        <button type="button" class="go" disabled={isOff} onClick={follow}>
          Follow
        </button>
        <button type="button" disabled={!isFollowing} onClick={stop}>
          Stop
        </button>
      </div>
      <fieldset class="panel-group">
        <legend>What the server does to the stream</legend>
        <div class="panel-actions">
          <button type="button" disabled={isOff} onClick={() => end('nothing')}>
            Kill the connection
          </button>
          <button type="button" disabled={isOff} onClick={() => end(503)}>
            Deploy: one 503
          </button>
          <button type="button" disabled={isOff} onClick={() => end(204)}>
            Stop politely: 204
          </button>
        </div>
      </fieldset>
      <p class="panel-verdict" role="status">
        {verdict(seen)}
      </p>
      {seen.log.length > 0 && (
        <ol class="panel-log" aria-label="What the script saw">
          {seen.log.map(({ at, text }, index) => (
            <li key={index}>
              <span>{formatMs(at)}</span> {text}
            </li>
          ))}
        </ol>
      )}
      <Figures
        figures={[
          { value: String(seen.received), label: 'numbers received' },
          { value: seen.last === undefined ? '–' : String(seen.missing), label: 'missing' },
          { value: seen.readyState ?? '–', label: 'readyState' },
        ]}
      />
      <fieldset class="panel-group">
        <legend>Seven tabs</legend>
        <div class="panel-actions">
          <button type="button" disabled={isOff} onClick={openSeven}>
            Open seven streams
          </button>
          <button type="button" disabled={seen.tabs[0] !== 'open' || isOff} onClick={closeFirst}>
            Close the first
          </button>
        </div>
        {seen.tabs.length > 0 && (
          <ol class="tabs-seven" aria-label="The seven streams">
            {seen.tabs.map((state, index) => (
              <li key={index} class={`is-${state}`}>
                <b>{index + 1}</b> {state}
              </li>
            ))}
          </ol>
        )}
        <p class="panel-hint">
          They use up this browser’s connections to this site, for other tabs too. The server ends
          them after 8 seconds.
        </p>
      </fieldset>
    </>
  );
}

function verdict({ isBegun, received, missing, last }: StreamSeen): string {
  if (!isBegun) return 'Press Follow: two numbers a second.';
  if (last === undefined) return 'Waiting for the first number …';
  return `${received} received, up to ${last}, ${missingWords(missing)}.`;
}
