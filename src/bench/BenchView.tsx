import type { FunctionComponent } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { ParameterControl } from '#controls/ParameterControl.tsx';
import type { Parameters, ValuesOf } from '#demo/definition.ts';
import { words } from '#words/bench.ts';
import { BenchHeader } from './BenchHeader.tsx';
import type { BenchModel } from './bench-model.ts';
import { ChallengeFoot } from './ChallengeFoot.tsx';
import { focusView } from './kept-focus.ts';
import { EmptyTimeline } from './Lifelines.tsx';
import { ServerNotice } from './ServerNotice.tsx';
import { TABS, type Tab } from './tabs.ts';

export type Panel = FunctionComponent<PanelProps>;

type Props = {
  readonly model: BenchModel;
  readonly panel: Panel;
};

/** One bench, whole: the demo at the left, what crossed the wire at the right, octets below. */
export function BenchView({ model, panel }: Props) {
  const isProjected = model.isProjected.value;
  useEffect(() => {
    // The element around the bench is what its parts measure themselves by.
    document.getElementById(model.id)?.classList.toggle('is-projected', isProjected);
  }, [isProjected]);
  return (
    <div
      class={`bench ${model.replay.value === undefined ? '' : 'is-replay'}`}
      onPointerEnter={() => model.prepare()}
      onFocusCapture={() => model.prepare()}
    >
      <BenchHeader model={model} />
      <ServerNotice model={model} />
      <div class="bench-columns">
        <PanelSide model={model} panel={panel} />
        <WireSide model={model} />
      </div>
      <SelectedOctets model={model} />
      <ChallengeFoot model={model} />
      <Announcer model={model} />
    </div>
  );
}

function PanelSide({
  model,
  panel: DemoPanel,
}: {
  readonly model: BenchModel;
  readonly panel: Panel;
}) {
  void model.tick.value;
  const run = model.run.value;
  const replay = model.replay.value;
  const saw = useMemo(() => model.sawIn(run), [run]);
  const isLive = model.state.value.name === 'live' && replay === undefined;
  return (
    <div class="bench-panel" role="group" aria-label={`${model.demo.title}: controls`}>
      <DemoPanel
        key={model.shown.value ?? 'none'}
        bench={{
          values: model.shownValues.value as ValuesOf<Parameters>,
          set: (name, value) => model.set(name, value),
          address: isLive ? run?.address : undefined,
          rows: model.store.rows,
          now: model.now,
          saw,
          look: (row) => {
            model.open('list');
            model.chosen.value = row;
          },
          isReplay: replay !== undefined,
        }}
        control={(name) => <Control key={name} model={model} name={name} />}
      />
    </div>
  );
}

function Control({ model, name }: { readonly model: BenchModel; readonly name: string }) {
  const parameter = model.demo.parameters[name];
  const value = model.shownValues.value[name];
  if (parameter === undefined || value === undefined) return null;
  const control = (
    <ParameterControl
      id={`${model.id}-${name}`}
      parameter={parameter}
      value={value}
      onChange={(changed) => model.set(name, changed)}
    />
  );
  if (model.replay.value === undefined) return control;
  return (
    <fieldset class="at-rest" role="presentation" disabled>
      {control}
    </fieldset>
  );
}

function WireSide({ model }: { readonly model: BenchModel }) {
  const open = model.tab.value;
  const choose = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(open) + step + TABS.length) % TABS.length]!;
    model.open(next);
    focusView(model);
  };
  return (
    <div class="bench-wire">
      <div class="bench-tabs" role="tablist" aria-label="Views" onKeyDown={choose}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${model.id}-tab-${tab}`}
            aria-selected={tab === open}
            aria-controls={`${model.id}-view`}
            tabIndex={tab === open ? 0 : -1}
            onClick={() => model.open(tab)}
          >
            {words.tabs[tab]}
          </button>
        ))}
      </div>
      <div
        class="bench-view"
        role="tabpanel"
        id={`${model.id}-view`}
        aria-labelledby={`${model.id}-tab-${open}`}
      >
        <View open={open} model={model} />
      </div>
    </div>
  );
}

type ViewProps = { readonly open: Tab; readonly model: BenchModel };

/** One view of the run; before there is anything to see, the timeline's headings. */
function View({ open, model }: ViewProps) {
  const { value: instrument } = model.instrument;
  if (instrument === undefined) return <EmptyTimeline model={model} />;
  const { CodeTab, CompareTab, LedgerTable, RowList, Timeline } = instrument;
  const run = model.shown.value;
  switch (open) {
    case 'timeline':
      return <Timeline key={run} model={model} />;
    case 'list':
      return <RowList key={run} model={model} />;
    case 'ledger':
      return <LedgerTable model={model} />;
    case 'code':
      return <CodeTab model={model} />;
    case 'compare':
      return <CompareTab model={model} />;
  }
}

function SelectedOctets({ model }: { readonly model: BenchModel }) {
  if (model.tab.value === 'code') return null;
  const { value: instrument } = model.instrument;
  if (instrument !== undefined) return <instrument.OctetView model={model} />;
  return (
    <div class="octets" role="region" aria-label={words.bytesOf(model.demo.title)}>
      <p class="octets-empty">{words.octetsEmpty}</p>
    </div>
  );
}

/** Says how many rows came, once they have settled, and only to who asked for it. */
function Announcer({ model }: { readonly model: BenchModel }) {
  return (
    <p
      class="visually-hidden"
      role="status"
      aria-live={model.announcer.isOn.value ? 'polite' : 'off'}
    >
      {model.announcer.text.value}
    </p>
  );
}
