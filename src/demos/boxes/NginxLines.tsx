import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { nginxLines, type NginxRecord } from './nginx-lines.ts';
import { nginxRecorded, nginxRecordedOn, nginxVersion } from './nginx-recorded.ts';

/** Four lines of configuration, and what nginx did with each choice of them. */
export function NginxLines({ bench, control }: PanelProps<(typeof demo)['parameters']>) {
  const chosen = nginxLines.map(({ parameter }) => bench.values[parameter]);
  const record = nginxRecorded[chosen.map(Number).join('')];
  return (
    <>
      <fieldset class="panel-group">
        <legend>Lines of the location</legend>
        {nginxLines.map(({ parameter }) => control(parameter))}
      </fieldset>
      <pre class="nginx-lines" tabIndex={0} aria-label="The configuration">
        {[
          'location / {',
          '  proxy_pass http://origin;',
          ...nginxLines.filter((_, line) => chosen[line]).map(({ text }) => `  ${text}`),
          '}',
        ].join('\n')}
      </pre>
      {record && (
        <>
          <p class="panel-verdict" role="status">
            {verdict(record)}
          </p>
          <div class="panel-answer">
            <span>The server got</span>
            <br />
            <output>{record.originSaw}</output>
            <br />
            <span>The client got</span>
            <br />
            <output>{answer(record)}</output>
          </div>
        </>
      )}
      <p class="panel-hint">
        RECORDED with {nginxVersion} on {nginxRecordedOn} by scripts/nginx-lines.ts: a server that
        says something every 65 seconds, watched for 70. Nothing here is live, and the timeline
        shows none of it.
      </p>
    </>
  );
}

function verdict({ status, beats }: NginxRecord): string {
  if (status !== 101) return `No WebSocket: status ${status}.`;
  return beats > 0
    ? 'It stands: the WebSocket opened, and the heartbeat came.'
    : 'It opened, and did not last until the first heartbeat.';
}

function answer({ status, beats, endedAfterSeconds, code }: NginxRecord): string {
  if (status !== 101) return `status ${status}`;
  const end =
    endedAfterSeconds === undefined
      ? 'still open after 70 s'
      : `ended after ${endedAfterSeconds} s, code ${code ?? '–'}`;
  return `status 101, ${beats} ${beats === 1 ? 'heartbeat' : 'heartbeats'}, ${end}`;
}
