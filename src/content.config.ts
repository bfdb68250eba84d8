import { file, glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';

/** One sentence with its full stop, since it stands on pages as it is. */
const sentence = (example: string) =>
  z
    .string({ error: `must be a sentence, for example "${example}"` })
    .regex(/[.?!]$/, { error: `must be a whole sentence, for example "${example}"` });

const minutes = z
  .number({ error: 'must be a whole number of minutes, for example 8' })
  .int()
  .min(1)
  .max(60);

const lesson = z
  .strictObject({
    /** What the lesson is called everywhere, without a full stop: "Frames, bit by bit". */
    title: z
      .string({ error: 'must be the lesson’s name, for example "Frames, bit by bit"' })
      .min(1),
    /** The part of the course, a to f; their names are in `src/words/shell.ts`. */
    part: z.enum(['a', 'b', 'c', 'd', 'e', 'f'], { error: 'must be a letter from a to f' }),
    /** `written` gets a page; `planned` is named in the course map as not written yet. */
    status: z.enum(['written', 'planned'], { error: 'must be written or planned' }),
    /** What the reader can do afterwards: "You can decode a frame by hand." */
    outcome: sentence('You can decode a frame by hand.'),
    /** The opening under the title, one or two sentences; required once the lesson is written. */
    lede: sentence('After the upgrade there are no headers left.').optional(),
    /** Minutes for reading and for doing, each 1 to 60. */
    minutes: z.object({ read: minutes, do: minutes }),
    /** Slugs of the lessons that come before it, for example [the-101-moment]. */
    needs: z.array(z.string()).default([]),
    /** Claims of the course that it looks at, for example [C3b]. */
    claims: z
      .array(z.string().regex(/^C\d+[a-z]?$/, { error: 'must look like C3 or C3b' }))
      .default([]),
    /** Sections to have at hand, as readers cite them: ["RFC 6455 §5"]; one at least when written. */
    rfcs: z
      .array(z.string().regex(/^RFC \d+(?: §[\d.]+)?$/, { error: 'must look like RFC 6455 §5.2' }))
      .default([]),
    /** Ids of the demos on the page; solving a challenge of one of them finishes the lesson. */
    demos: z.array(z.string()).default([]),
    /** For search engines and link previews, one or two sentences, at most 200 characters. */
    description: sentence('Decode a real frame by hand.').max(200, {
      error: 'must have at most 200 characters',
    }),
  })
  .superRefine((value, context) => {
    if (value.status === 'planned') return;
    const need = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (!value.lede) need('lede', 'is missing: a written lesson opens with one or two sentences');
    if (!value.rfcs.length)
      need('rfcs', 'is empty: a written lesson names a section to have at hand');
  });

const question = z.strictObject({
  /** Its address on the page, kebab-case; it stays: "ten-in-a-row". */
  id: z.string(),
  /** Where it stands on the page; the names are in `src/words/shell.ts`. */
  topic: z.enum(['basics', 'wire', 'cost', 'caching', 'meaning', 'network']),
  /** Asked without help: "Ten HTTP/1.1 requests in a row: how many connections?" */
  question: sentence('Which three close codes must never be sent?'),
  /** Right and short, with its reason where that takes no second sentence. */
  answer: z.string().min(1),
  /** Slug of the lesson that shows it: "frames-bit-by-bit". */
  lesson: z.string(),
  /** The demo of that lesson that proves it; absent while that lesson is not written. */
  demo: z.string().optional(),
  /** What says so, as readers cite it: "RFC 6455 §5.2". */
  source: z.string().min(1),
});

export const collections = {
  quiz: defineCollection({
    loader: file('./content/quiz.json', {
      // The store forgets the order of a file.
      parser: (text) =>
        (JSON.parse(text) as object[]).map((entry, index) => ({ ...entry, place: index + 1 })),
    }),
    schema: question.extend({ place: z.number() }),
  }),
  lessons: defineCollection({
    loader: glob({
      base: './content/lessons',
      pattern: '[0-9][0-9]-*/index.mdx',
      // The folder's name: its number is the order, the rest the address.
      generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
    }),
    schema: lesson,
  }),
};
