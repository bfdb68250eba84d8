import { useRef, useState } from 'preact/hooks';
import { MAX_CAPSULE_LENGTH, type Capsule } from '#capture/export/capsule.ts';
import { words as frame } from '#words/bench.ts';
import { words } from '#words/instrument.ts';
import type { BenchModel } from './bench-model.ts';
import { browserName } from './browser-name.ts';
import { OtherDemoError, readReplay } from './replay.ts';
import { RowStore } from './row-store.ts';
import type { ExportFormat } from './run-export.ts';
import { visibleText } from './visible-text.ts';

type Problem = { readonly text: string; readonly lesson?: Lesson | undefined };
type Lesson = { readonly href: string; readonly title: string };

/** Demos with their lessons, made by the site's build. */
const LESSONS_ADDRESS = '/demos.json';

const formats: readonly ExportFormat[] = ['capsule', 'har', 'pcapng'];

/** Saves the run that is shown as a file, and opens a saved one. */
export function FileMenu({ model }: { readonly model: BenchModel }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem>();
  void model.tick.value;
  const isEmpty = model.store.rows.length === 0;

  const trying = (act: () => Promise<void>) => {
    setProblem(undefined);
    act().catch((error: unknown) => void problemOf(error).then(setProblem));
  };
  const open = async (file: File) => {
    const json = await file.slice(0, MAX_CAPSULE_LENGTH + 1).text();
    model.show(readReplay(model.demo, json, 'capsule'));
    model.closeFileMenu();
  };
  return (
    <div
      class="file-menu"
      role="group"
      aria-label={frame.fileMenu}
      id={`${model.id}-file-menu`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') model.closeFileMenu();
      }}
    >
      <span id={`${model.id}-save`}>{words.file.saveAs}</span>
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          disabled={isEmpty}
          aria-describedby={`${model.id}-save`}
          onClick={() => trying(() => saveRun(model, format))}
        >
          {words.file.formats[format]}
        </button>
      ))}
      <button type="button" class="file-open" onClick={() => input.current?.click()}>
        {words.file.open}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) trying(() => open(file));
          // The same file chosen once more is a change again.
          currentTarget.value = '';
        }}
      />
      <p class="file-help">{isEmpty ? words.file.nothingYet : words.file.help}</p>
      {problem !== undefined && (
        <p class="file-problem" role="alert">
          {visibleText(problem.text)}{' '}
          {problem.lesson !== undefined && <a href={problem.lesson.href}>{problem.lesson.title}</a>}
        </p>
      )}
    </div>
  );
}

async function saveRun(model: BenchModel, format: ExportFormat): Promise<void> {
  const { exportRun, save } = await import('./run-export.ts');
  const { store } = model;
  if (store instanceof RowStore)
    save(exportRun(format, capsuleOf(model, store), store.exportedRows()));
}

/** A replay is saved as what it came from, with the place and time of its recording. */
function capsuleOf(model: BenchModel, { record }: RowStore): Capsule {
  const { value: replay } = model.replay;
  if (replay !== undefined) return replay.capsule;
  return {
    demo: model.demo.id,
    made: new Date().toISOString(),
    build: model.run.value?.build ?? 'unknown',
    browser: browserName(navigator.userAgent),
    parameters: model.values.value,
    now: model.now(),
    events: record.events,
    page: record.page,
  };
}

async function problemOf(error: unknown): Promise<Problem> {
  if (error instanceof OtherDemoError) {
    return { text: error.message, lesson: await lessonOf(error.demo) };
  }
  return { text: error instanceof Error ? error.message : String(error) };
}

/** Which lesson's bench runs that demo, by the site's list; `undefined` when that can't be had. */
async function lessonOf(demo: string): Promise<Lesson | undefined> {
  try {
    const lessons = (await (await fetch(LESSONS_ADDRESS)).json()) as Readonly<
      Record<string, Lesson>
    >;
    return Object.hasOwn(lessons, demo) ? lessons[demo] : undefined;
  } catch {
    return undefined;
  }
}
