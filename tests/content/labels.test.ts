import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { insidesOf, listed, tagsOf, textAttribute, writtenLessons } from './lesson-text.ts';

const root = join(import.meta.dirname, '../..');

const sourcesIn = (folder: string): string =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|astro)$/.test(entry.name))
    .map((entry) => readFileSync(join(root, folder, entry.name), 'utf8'))
    .join('\n');

const onEveryBench = ['src/bench', 'src/words'].map(sourcesIn).join('\n');

/** Whether a label stands in sources as a text of its own, or begins one. */
const isLabelIn = (sources: string, label: string): boolean => {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:['"\`>]|\\n)\\s*${escaped}(?=[\\s'"\`<:,])`).test(sources);
};

for (const lesson of writtenLessons()) {
  describe(`lesson ${lesson.folder}`, () => {
    const demos = listed(lesson, 'demos').map((demo) => sourcesIn(`src/demos/${demo}`));
    const sources = [...demos, onEveryBench].join('\n');

    it('prints in bold only what stands on the bench, word for word', () => {
      const labels = [...lesson.text.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? '');
      assert.notEqual(labels.length, 0);
      for (const label of labels) assert.ok(isLabelIn(sources, label), `no control says "${label}"`);
    });

    it('names choices of the demo as the demo names them', () => {
      const choices = [...lesson.text.matchAll(/ (?:to|at|in) \*([^*]+)\*(?!\*)/g)];
      for (const [, choice = ''] of choices) {
        // The fragments' labels are made of a number and these words.
        const label = choice.replace(/\d+(?= fragments)/, '${value}');
        assert.ok(isLabelIn(sources, label), `no choice says "${choice}"`);
      }
    });

    it('tells the reader of every challenge of its demos', () => {
      const titles = demos.flatMap((demo) =>
        [...demo.matchAll(/id: '[^']+',\n\s+title: '([^']+)',\n\s+goals/g)].map((match) => match[1]),
      );
      assert.notEqual(titles.length, 0);
      const steps = tagsOf(lesson.text, 'Step').map((tag) => textAttribute(tag, 'id'));
      const told = insidesOf(lesson.text, 'Step')[steps.indexOf('challenge')] ?? '';
      for (const title of titles) assert.ok(told.includes(`**${title ?? ''}**`), title);
    });
  });
}
