import type { APIRoute, GetStaticPaths } from 'astro';

const recordings = import.meta.glob<string>('/content/captures/*.json', {
  eager: true,
  import: 'default',
  query: '?raw',
});

/** One address for each recording in `content/captures`. */
export const getStaticPaths = (() =>
  Object.entries(recordings).map(([path, json]) => ({
    params: { demo: /([^/]+)\.json$/.exec(path)?.[1] },
    props: { json },
  }))) satisfies GetStaticPaths;

/** The recorded run of a demo, as it stands in the repository. */
export const GET: APIRoute<{ json: string }> = ({ props: { json } }) => new Response(json);
