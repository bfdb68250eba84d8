import { getCollection, type CollectionEntry } from 'astro:content';
import { partNames } from '#words/shell.ts';

export type Lesson = {
  /** 1 to 18: the number of its folder. */
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly part: keyof typeof partNames;
  readonly written: boolean;
  /** Where it is, or will be, with its slashes. */
  readonly address: string;
  readonly entry: CollectionEntry<'lessons'>;
};

function toLesson(entry: CollectionEntry<'lessons'>): Lesson {
  const [, number = '', slug = ''] = /^(\d\d)-(.+)$/.exec(entry.id) ?? [];
  const { title, part, status } = entry.data;
  const written = status === 'written';
  return {
    number: Number(number),
    slug,
    title,
    part,
    written,
    address: `/lessons/${slug}/`,
    entry,
  };
}

/**
 * Reads all lessons in the course's order.
 *
 * @throws when a lesson needs one that doesn't exist.
 */
export async function allLessons(): Promise<readonly Lesson[]> {
  const lessons = (await getCollection('lessons')).map(toLesson);
  const slugs = new Set(lessons.map(({ slug }) => slug));
  for (const { entry } of lessons) {
    const unknown = entry.data.needs.find((slug) => !slugs.has(slug));
    if (unknown)
      throw new Error(`Lesson ${entry.id} needs "${unknown}", which is no lesson's slug.`);
  }
  return lessons.toSorted((one, other) => one.number - other.number);
}

/** Groups lessons by part, in order. */
export function byPart(lessons: readonly Lesson[]): readonly {
  readonly name: string;
  readonly letter: string;
  readonly lessons: readonly Lesson[];
}[] {
  return Object.entries(partNames).map(([letter, name]) => ({
    letter,
    name,
    lessons: lessons.filter(({ part }) => part === letter),
  }));
}
