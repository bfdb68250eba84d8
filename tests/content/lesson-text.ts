import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../content/lessons');

/** One opening tag of a component, with where it stands in the text. */
export type Tag = {
  readonly name: string;
  readonly attributes: string;
  readonly index: number;
};

/** A lesson read as text: nothing of it is run. */
export type LessonText = {
  /** The folder's name, `05-frames-bit-by-bit`. */
  readonly folder: string;
  readonly number: number;
  readonly slug: string;
  readonly frontmatter: Readonly<Record<string, string>>;
  readonly text: string;
};

/** Reads all lessons, in the order of their numbers. */
export function readLessons(): readonly LessonText[] {
  return readdirSync(folder).sort().map(readLesson);
}

export const writtenLessons = (): readonly LessonText[] =>
  readLessons().filter(({ frontmatter }) => frontmatter['status'] === 'written');

/** The written lesson with that slug. */
export function writtenLesson(slug: string): LessonText {
  const found = writtenLessons().find((lesson) => lesson.slug === slug);
  if (!found) throw new Error(`No written lesson has the slug ${slug}.`);
  return found;
}

function readLesson(name: string): LessonText {
  const [, number, slug] = /^(\d\d)-([a-z0-9-]+)$/.exec(name) ?? [];
  const source = readFileSync(join(folder, name, 'index.mdx'), 'utf8');
  const [, head, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? [];
  if (!number || !slug || head === undefined || text === undefined) {
    throw new Error(`${name} is not a lesson: a folder NN-slug with frontmatter in its index.mdx.`);
  }
  const lines = head.split('\n').map((line) => {
    const [, key, value] = /^([a-z]+): (.+)$/.exec(line) ?? [];
    if (!key || !value) throw new Error(`${name}: "${line}" is not "key: value" on one line.`);
    return [key, value] as const;
  });
  return {
    folder: name,
    number: Number(number),
    slug,
    frontmatter: Object.fromEntries(lines),
    text,
  };
}

/** The value of a frontmatter line that is a quoted text. */
export function quoted({ folder: name, frontmatter }: LessonText, key: string): string {
  const value: unknown = JSON.parse(frontmatter[key] ?? 'null');
  if (typeof value !== 'string') throw new Error(`${name}: ${key} is not a text in double quotes.`);
  return value;
}

/** The entries of a frontmatter line that is a list, quotes taken off. */
export function listed({ frontmatter }: LessonText, key: string): readonly string[] {
  const [, inside = ''] = /^\[(.*)\]$/.exec(frontmatter[key] ?? '[]') ?? [];
  return inside
    .split(',')
    .map((entry) => entry.trim().replace(/^"|"$/g, ''))
    .filter((entry) => entry !== '');
}

// An attribute's value may hold a ">", and an expression may hold braces one level deep.
const tagPattern = /<([A-Za-z]\w*)((?:\s+\w+=(?:"[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\}))*)\s*\/?>/g;

/** Every opening tag of a text, code left out. */
export function tagsOf(text: string, name?: string): readonly Tag[] {
  return [...withoutCode(text).matchAll(tagPattern)]
    .map((match) => ({ name: match[1] ?? '', attributes: match[2] ?? '', index: match.index }))
    .filter((tag) => name === undefined || tag.name === name);
}

/** An attribute written as `name="text"`. */
export function textAttribute(tag: Tag, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag.attributes)?.[1];
}

/** An attribute written as `name={JSON}`. */
export function jsonAttribute(tag: Tag, name: string): unknown {
  const [, value] =
    new RegExp(`\\s${name}=\\{((?:[^{}]|\\{[^{}]*\\})*)\\}`).exec(tag.attributes) ?? [];
  return value === undefined ? undefined : JSON.parse(value);
}

/** The right answer of a prediction or check, by its text. */
export function answerTo(text: string, id: string): string {
  return textAttribute(tagWithId(text, id), 'answer') ?? '';
}

/** The one opening tag with that id. */
export function tagWithId(text: string, id: string): Tag {
  const found = tagsOf(text).find((tag) => textAttribute(tag, 'id') === id);
  if (!found) throw new Error(`Nothing has the id ${id}.`);
  return found;
}

/** What stands between an element's tags, for each element of that name. */
export function insidesOf(text: string, name: string): readonly string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs');
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The running text that a reader reads: no code blocks, no tags, no sources. */
export function proseOf(text: string): string {
  return withoutCode(text)
    .replace(/<Sources>.*<\/Sources>/s, '')
    .replace(tagPattern, ' ')
    .replace(/<\/\w+>/g, ' ');
}

/** Words: what stands between spaces and has a letter or a digit. */
export function countWords(prose: string): number {
  return prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

// Keeps the length, so that places in the text stay what they are.
function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, (code) => ' '.repeat(code.length));
}
