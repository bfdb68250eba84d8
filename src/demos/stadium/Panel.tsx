import { useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { lastBill, type Bill } from './bill.ts';
import { liveReaders, readOnce } from './client.ts';
import type demo from './demo.ts';
import { mostOriginRequests, originMessages, readerMessages, type Crowd } from './model.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** A crowd, and two counters: what leaves the origin, and what reaches the readers. */
export default function Panel({ bench, control }: Props) {
  const { address, rows, saw, values } = bench;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const bill = lastBill(rows);

  const read = async () => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await readOnce(address, values, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  const isPolling = values.way === 'direct' || values.way === 'shared-cache';
  const live = liveReaders(values.way, values.readers);
  return (
    <>
      {control('way')}
      {control('readers')}
      {values.way === 'shared-cache' && control('lifetime')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => void read()}
        >
          Let them read
        </button>
      </div>
      <p class="panel-hint">
        {values.way === 'websocket'
          ? `${live} sockets of your BROWSER wait for the next score.`
          : `${live} ROBOTs ${isPolling ? 'ask at once' : 'wait for the next score'}.`}
      </p>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(bill, isBusy)}
      </p>
      <Figures
        figures={[
          { value: bill ? formatCount(bill.originOctets) : '–', label: 'bytes left the origin' },
          { value: bill ? formatCount(bill.readerOctets) : '–', label: 'bytes reached readers' },
          { value: perReader(bill), label: 'origin bytes per reader' },
        ]}
      />
      {bill !== undefined && bill.decisions.size > 0 && (
        <ul class="panel-hint" aria-label="Decisions of the cache">
          {[...bill.decisions].map(([outcome, count]) => (
            <li key={outcome}>
              {outcome.toUpperCase()} {formatCount(count)}
            </li>
          ))}
          {bill.oldest !== undefined && <li>oldest Age {Math.floor(bill.oldest)} s</li>}
        </ul>
      )}
      {bill !== undefined && bill.frames > 0 && (
        <p class="panel-hint">
          One publish: {formatCount(bill.frames)} frames, {formatCount(bill.frameOctets)} bytes of
          the origin. The rest is handshakes.
        </p>
      )}
      <fieldset class="panel-group">
        <legend>MODEL: {formatCount(values.readers)} readers, all day</legend>
        {isPolling && control('every')}
        {(values.way === 'shared-cache' || values.way === 'long-poll') && control('nodes')}
        <ModelLines
          way={values.way}
          crowd={{
            readers: values.readers,
            everySeconds: values.every,
            nodes: values.nodes,
            lifetimeSeconds: values.lifetime,
            eventsPerSecond: 1 / 5,
          }}
          bill={bill}
        />
      </fieldset>
    </>
  );
}

function ModelLines({
  way,
  crowd,
  bill,
}: {
  readonly way: string;
  readonly crowd: Crowd;
  readonly bill: Bill | undefined;
}) {
  const perMessage = bill?.way === way ? octetsEach(bill) : undefined;
  const lines = [
    ['leave the origin', originMessages(way, crowd)],
    ['reach readers', readerMessages(way, crowd)],
  ] as const;
  return (
    <>
      <ul class="panel-hint">
        {lines.map(([what, perSecond]) => (
          <li key={what}>
            {rate(perSecond)} {noun(way)} per second {what}
            {perMessage !== undefined &&
              `: ${formatCount(perSecond * perMessage)} bytes per second`}
          </li>
        ))}
        {way === 'shared-cache' && (
          <li>never more than {rate(mostOriginRequests(crowd))} per second, whatever the crowd</li>
        )}
      </ul>
      <p class="panel-hint">
        {perMessage === undefined
          ? 'Let some read this way, and their measured bytes are used here.'
          : `${formatCount(perMessage)} bytes each, measured in the last round.`}
      </p>
    </>
  );
}

/** A publish over a WebSocket is a frame for each reader; else it is a whole answer. */
function octetsEach({ frames, frameOctets, originMessages, originOctets }: Bill) {
  if (frames > 0) return frameOctets / frames;
  return originMessages > 0 ? originOctets / originMessages : undefined;
}

const rate = (perSecond: number): string =>
  perSecond < 10 ? perSecond.toFixed(2) : formatCount(perSecond);

function noun(way: string): string {
  return way === 'websocket' ? 'messages' : way === 'events' ? 'events' : 'responses';
}

function perReader(bill: Bill | undefined): string {
  return bill === undefined || bill.served === 0
    ? '–'
    : formatCount(bill.originOctets / bill.served);
}

function verdict(bill: Bill | undefined, isBusy: boolean): string {
  if (bill === undefined) return 'Press “Let them read”.';
  const { served, originMessages: sent, way } = bill;
  if (isBusy && served === 0) return 'They wait …';
  const what = noun(way).slice(0, -1);
  return `${formatCount(served)} readers served; ${formatCount(sent)} ${what}${sent === 1 ? '' : 's'} of the origin.`;
}
