import type { DemoDefinition } from '#demo/definition.ts';
import { parseAddress, serializeAddress } from '#demo/parameter-address.ts';
import type { Values } from '#demo/parameters.ts';
import { addressWords } from '#words/address.ts';
import type { BenchModel } from './bench-model.ts';
import {
  parseView,
  serializeView,
  strangersIn,
  VIEW_NAMES,
  type ViewState,
} from './view-address.ts';

/** What the page's address asks of one bench. */
export type AskedFor = {
  readonly values: Values;
  readonly view: ViewState;
  /** Sentences about what was wrong with it. */
  readonly problems: readonly string[];
};

/** Reads the page's address for one bench of the page. */
export function readAddress(demo: DemoDefinition, id: string): AskedFor {
  const { search } = location;
  const { values, problems } = parseAddress(demo, search, VIEW_NAMES);
  const { view, problems: unknown } = parseView(demo, search);
  const benches = [...document.querySelectorAll<HTMLElement>('wire-bench')];
  const element = document.getElementById(id);
  // One of a page's benches speaks for all about what belongs to none.
  const strangers =
    benches[0] === element
      ? strangersIn(
          search,
          benches.map(({ dataset }) => dataset['demo'] ?? ''),
        )
      : [];
  const theme = new URLSearchParams(search).get('theme');
  const isUnknownTheme =
    element?.dataset['embedded'] !== undefined && theme !== null && !/^(light|dark)$/.test(theme);
  return {
    values,
    view,
    problems: [
      ...problems,
      ...unknown,
      ...strangers,
      ...(isUnknownTheme ? [addressWords.theme(theme.slice(0, 40))] : []),
    ],
  };
}

/** Writes an address that opens this page with this bench as it is. */
export function addressOf(model: BenchModel): string {
  const url = new URL(location.href);
  const parameters = serializeAddress(model.demo, model.values.value, url.search);
  url.search = serializeView(model.demo.id, viewOf(model), parameters);
  return url.href;
}

function viewOf(model: BenchModel): ViewState {
  const tab = model.tab.value;
  const challenge = model.challenge.value;
  const row = model.chosen.value;
  const isRecording = model.replay.value?.source === 'recording';
  return {
    ...(tab !== 'timeline' && { tab }),
    ...(isRecording && { show: 'recording' as const }),
    ...(isRecording && row !== undefined && { row }),
    ...(challenge !== undefined && { challenge }),
    ...(model.isProjected.value && { projector: 'on' as const, lane: model.lane.value }),
  };
}
