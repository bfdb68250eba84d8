import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { quoted, tagWithId, textAttribute, writtenLesson } from './lesson-text.ts';

/** What tests of a lesson's figures quote of it: whatever they quote, they have recomputed. */
export type LessonFigures = {
  /** The lede and the lesson's own text. */
  readonly text: string;
  /** Quotes words that the lesson has, wherever it has them; returns the parts in parentheses. */
  readonly quotes: (words: string | RegExp) => readonly string[];
  /** The same, with the parts of each place: of the rows of a table, for example. */
  readonly quotesEach: (words: string | RegExp) => readonly (readonly string[])[];
  /** Quotes a prediction or check; returns what it asks. */
  readonly questionOf: (id: string) => string;
  /** Quotes a prediction or check; returns its right answer. */
  readonly answerTo: (id: string) => string;
  /** Figures that have no source beside them and that nothing has quoted so far. */
  readonly unfounded: () => readonly string[];
};

/** The figures of a written lesson, none of them quoted yet. */
export function figuresOf(slug: string): LessonFigures {
  const lesson = writtenLesson(slug);
  return figuresIn(`${quoted(lesson, 'lede')}\n\n${lesson.text}`);
}

/** The figures of a text, none of them quoted yet. */
export function figuresIn(text: string): LessonFigures {
  const recomputed: { readonly from: number; readonly to: number }[] = [];
  const quote = (from: number, length: number) => recomputed.push({ from, to: from + length });
  const quotesEach = (words: string | RegExp) => {
    const found = [...text.matchAll(anywhere(words))];
    assert.notEqual(found.length, 0, `the lesson does not say: ${String(words)}`);
    for (const { index, 0: all } of found) quote(index, all.length);
    return found.map((parts) => parts.slice(1));
  };
  const tag = (id: string) => {
    const found = tagWithId(text, id);
    quote(found.index, `<${found.name}${found.attributes}`.length);
    return found;
  };
  return {
    text,
    quotes: (words) => quotesEach(words)[0] ?? [],
    quotesEach,
    questionOf: (id) => textAttribute(tag(id), 'question') ?? '',
    answerTo: (id) => textAttribute(tag(id), 'answer') ?? '',
    unfounded: () =>
      figureClaims(text)
        .filter(({ at }) => !recomputed.some(({ from, to }) => from <= at && at < to))
        .map(({ at, figure }) => `${figure}: … ${text.slice(Math.max(0, at - 40), at + 40)} …`),
  };
}

function anywhere(words: string | RegExp): RegExp {
  if (typeof words !== 'string' && /\.[*+]/.test(words.source)) {
    throw new Error(`${String(words)} would quote whatever stands between.`);
  }
  if (typeof words !== 'string') return new RegExp(words, `${words.flags.replace('g', '')}g`);
  return new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'gi');
}

type Claim = { readonly figure: string; readonly at: number };

const unit =
  '(?:%|percent|[kKMG]i?B|m?s|bytes?|bits?|megabits?|gigabits?|letters?|milliseconds?|' +
  'seconds?|minutes?|hours?|days?|times|round trips|connections?|requests?|messages?|events?|' +
  'frames?)(?!\\w)';
const numeral =
  '(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|' +
  'sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|' +
  'hundred|thousand)';
/** A number in digits, or one in words that counts something. */
const claim = new RegExp(
  `(?<![\\w.§/=-])\\d+(?:[,.]\\d+)*(?: \\d{3})*(?!\\w)|\\b${numeral}(?= (?:[\\w.]+ )?${unit})`,
  'gi',
);
const isMeasured = new RegExp(`^\\s?(?:more )?${unit}`);

/** What has digits and is no figure, or has its test elsewhere. */
const noFigures = [
  /^```.*?^```/gms,
  /`[^`\n]*`/g,
  /<Sources>.*<\/Sources>/gs,
  // Of tags, what a reader reads stays: a question, its answer, a title. Wrong options claim nothing.
  / (?!question|answer|title)\w+=(?:"[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\})/g,
  // Names of protocols, forms and versions.
  /\b(?:HTTP\/|TLS |IPv|UTF-|SHA-|base|RFC |version |port )\d[\d.]*|\d+-bit\b|\d+\.\d+\.\d+/g,
  /\b(?:19|20)\d\d\b/g,
  // Part of a formula.
  /\b1 ?\+ ?(?=λ)/g,
  // Numbers of steps, and settings, which labels.test.ts holds against the demos.
  /^\d+\. /gm,
  /\*\*[^*]+\*\* (?:back )?(?:to|at) \d+/g,
  /\*\*[^*]+\*\*/g,
];

/** A link to a section or page, or the year of a measurement. */
const source = /<Rfc |\]\(https?:|\b20[12]\d\b/;

/** Figures of blocks without a source: paragraphs, items of lists, rows of tables, tags. */
function figureClaims(text: string): readonly Claim[] {
  const blanked = noFigures.reduce(
    (left, pattern) => left.replace(pattern, (found) => found.replace(/[^\n]/g, ' ')),
    text,
  );
  return [...text.matchAll(/(?:(?!\n\n|\n[|-] )[^])+/g)]
    .filter(({ 0: block }) => !source.test(block))
    .flatMap(({ 0: block, index }) =>
      [...blanked.slice(index, index + block.length).matchAll(claim)].map((found) => ({
        figure: found[0],
        at: index + found.index,
        after: block.slice(found.index + found[0].length),
      })),
    )
    .filter(({ figure, after }) => isMeasured.test(after) || !isCode(figure));
}

/** Status codes of HTTP and close codes of WebSocket are names (RFC 9110 §15, RFC 6455 §7.4). */
const isCode = (figure: string): boolean =>
  figure in STATUS_CODES || /^(?:10[01]\d|[34]\d{3})$/.test(figure);
