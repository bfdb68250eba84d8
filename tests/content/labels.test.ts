import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DemoDefinition, Parameter } from '#demo/definition.ts';
import { insidesOf, listed, tagsOf, textAttribute, writtenLessons } from './lesson-text.ts';

const root = join(import.meta.dirname, '../..');

const sourcesIn = (folder: string): string =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|astro)$/.test(entry.name))
    .map((entry) => readFileSync(join(root, folder, entry.name), 'utf8'))
    .join('\n');

const onEveryBench = ['src/bench', 'src/words'].map(sourcesIn).join('\n');

async function definitionOf(demo: string): Promise<DemoDefinition> {
  const path = join(root, 'src/demos', demo, 'demo.ts');
  return ((await import(path)) as { default: DemoDefinition }).default;
}

/** Whether a label stands in sources as a text of its own, or begins one. */
function isLabelIn(sources: string, label: string): boolean {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:['"\`>]|\\n)\\s*${escaped}(?=[\\s'"\`<:,])`).test(sources);
}

function canBe(parameter: Parameter, value: string): boolean {
  switch (parameter.type) {
    case 'choice':
      return parameter.choices.some(
        ({ label }) => label === value || label.startsWith(`${value}:`),
      );
    case 'number':
      return Number(value) >= parameter.min && Number(value) <= parameter.max;
    case 'text':
      return value.length <= parameter.maxLength;
    case 'flag':
      return value === 'on' || value === 'off';
  }
}

for (const lesson of writtenLessons()) {
  describe(`lesson ${lesson.folder}`, () => {
    const demos = listed(lesson, 'demos');

    it('prints in bold only what stands on the bench, word for word', () => {
      const sources = [...demos.map((demo) => sourcesIn(`src/demos/${demo}`)), onEveryBench].join();
      const labels = [...lesson.text.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? '');
      assert.notEqual(labels.length, 0);
      for (const label of labels)
        assert.ok(isLabelIn(sources, label), `no control says "${label}"`);
    });

    it('asks only for settings that the demo has', async () => {
      const definitions = await Promise.all(demos.map(definitionOf));
      const parameters = definitions.flatMap((definition) => Object.values(definition.parameters));
      const settings = [
        ...lesson.text.matchAll(/\*\*([^*]+)\*\* (?:back )?(?:to|at) (?:`([^`]+)`|(\d+))/g),
      ];
      assert.notEqual(settings.length, 0);
      for (const [words, label = '', choice, figure] of settings) {
        const value = choice ?? figure ?? '';
        const fits = parameters.some((one) => one.label.startsWith(label) && canBe(one, value));
        assert.ok(fits, `the bench cannot do: ${words}`);
      }
    });

    it('tells the reader of every challenge of its demos', async () => {
      const definitions = await Promise.all(demos.map(definitionOf));
      const steps = tagsOf(lesson.text, 'Step').map((tag) => textAttribute(tag, 'id'));
      const told = insidesOf(lesson.text, 'Step')[steps.indexOf('challenge')] ?? '';
      for (const { title } of definitions.flatMap(({ challenges }) => challenges)) {
        assert.ok(told.includes(`**${title}**`), title);
      }
    });
  });
}
