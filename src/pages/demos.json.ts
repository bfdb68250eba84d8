import type { APIRoute } from 'astro';
import { allLessons } from '#components/course.ts';

/** Which lesson has which demo's bench, for capsules that are opened at another one. */
export const GET: APIRoute = async () => {
  const written = (await allLessons()).filter((lesson) => lesson.written);
  const lessons = written.flatMap(({ entry, address, title }) =>
    entry.data.demos.map((demo) => [demo, { href: address, title }] as const),
  );
  return new Response(JSON.stringify(Object.fromEntries(lessons)));
};
