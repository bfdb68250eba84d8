/**
 * What a reader has done, kept on their own device and nowhere else.
 *
 * One JSON object under {@link PROGRESS_KEY}. Lessons and challenges map to the moment (ISO 8601) at
 * which they were finished; predictions and quick checks map to the reader's choice. A shape with
 * another `version` is not touched: a newer copy of the site may have written it.
 */
export type Progress = {
  readonly version: 1;
  /** By slug: marked as read. */
  readonly lessons: Readonly<Record<string, string>>;
  /** By `<demo>/<challenge>`: solved. */
  readonly challenges: Readonly<Record<string, string>>;
  /** By `<slug>/<predict id>`: the chosen option's text, or {@link SKIPPED}. */
  readonly predictions: Readonly<Record<string, string>>;
  /** By `<slug>/<check id>`: the option that was chosen last, by its text. */
  readonly checks: Readonly<Record<string, string>>;
};

/** The key in `localStorage`. */
export const PROGRESS_KEY = 'sp:progress';

/** Dispatched on `window` after this page has changed the progress. */
export const PROGRESS_EVENT = 'sp:progress';

/** Stands for a prediction that the reader chose not to make. */
export const SKIPPED = '';

const nothing: Progress = { version: 1, lessons: {}, challenges: {}, predictions: {}, checks: {} };

type Page = typeof globalThis & { [PROGRESS_KEY]?: { kept: string | null } };

/**
 * What storage would not take, because it is refused (private windows, blocked site data) or full: it
 * counts for this page's life. The script that stands in the page has this module for itself, the
 * bench too: they share the page.
 */
const here = ((globalThis as Page)[PROGRESS_KEY] ??= { kept: null });

function stored(): string | null {
  if (here.kept !== null) return here.kept;
  try {
    return localStorage.getItem(PROGRESS_KEY);
  } catch {
    return null;
  }
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text ?? 'null'));
  } catch {
    return {};
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Reads the progress; empty as far as there is none or it can't be read. */
export function readProgress(): Progress {
  const value = parsed(stored());
  if (value['version'] !== 1) return nothing;
  // Other programs on this port share its storage, so anything may stand there.
  const texts = (part: unknown) =>
    Object.fromEntries(
      Object.entries(recordOf(part)).filter((entry): entry is [string, string] => {
        return typeof entry[1] === 'string';
      }),
    );
  return {
    version: 1,
    lessons: texts(value['lessons']),
    challenges: texts(value['challenges']),
    predictions: texts(value['predictions']),
    checks: texts(value['checks']),
  };
}

function change(part: Exclude<keyof Progress, 'version'>, key: string, value?: string): void {
  const { version: found } = parsed(stored());
  if (found !== undefined && found !== 1) return;
  const before = readProgress();
  const entries = Object.entries(before[part]).filter(([name]) => name !== key);
  if (value !== undefined) entries.push([key, value]);
  const text = JSON.stringify({ ...before, [part]: Object.fromEntries(entries) });
  try {
    localStorage.setItem(PROGRESS_KEY, text);
    here.kept = null;
  } catch {
    here.kept = text;
  }
  window.dispatchEvent(new CustomEvent(PROGRESS_EVENT));
}

/** Notes that a lesson was read, or takes the note back. */
export function markLesson(slug: string, read: boolean): void {
  change('lessons', slug, read ? new Date().toISOString() : undefined);
}

/** Notes that a challenge of a demo was solved. */
export function markChallenge(demo: string, challenge: string): void {
  change('challenges', `${demo}/${challenge}`, new Date().toISOString());
}

/** Notes what a reader predicted: an option's text, or {@link SKIPPED}. */
export function markPrediction(slug: string, id: string, choice: string): void {
  change('predictions', `${slug}/${id}`, choice);
}

/** Notes what a reader chose in a quick check, by the option's text. */
export function markCheck(slug: string, id: string, choice: string): void {
  change('checks', `${slug}/${id}`, choice);
}

/** True when the lesson was marked as read, or a challenge of one of its demos was solved. */
export function isLessonDone(
  progress: Progress,
  lesson: { readonly slug: string; readonly demos: readonly string[] },
): boolean {
  return (
    lesson.slug in progress.lessons ||
    Object.keys(progress.challenges).some((key) =>
      lesson.demos.some((demo) => key.startsWith(`${demo}/`)),
    )
  );
}

/** Calls back now and whenever the progress changes, on this page or in another tab. */
export function watchProgress(callback: (progress: Progress) => void): void {
  const tell = (): void => {
    callback(readProgress());
  };
  window.addEventListener(PROGRESS_EVENT, tell);
  window.addEventListener('storage', (event) => {
    if (event.key !== PROGRESS_KEY && event.key !== null) return;
    // Another tab got its own into the storage, and what is there now counts for all.
    here.kept = null;
    tell();
  });
  tell();
}
