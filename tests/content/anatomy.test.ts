import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  countWords,
  insidesOf,
  jsonAttribute,
  listed,
  proseOf,
  tagsOf,
  textAttribute,
  writtenLessons,
} from './lesson-text.ts';

const components =
  'Predict Explain Step SayItFairly Steelman Fragment Check DecodeFrame Sources Rfc Aside Bench'.split(
    ' ',
  );

/** The order in which the parts of a lesson first appear. */
const order = ['Predict', 'Bench', 'Explain', 'SayItFairly', 'Steelman', 'Check', 'Sources'];

for (const { folder, text, ...lesson } of writtenLessons()) {
  const tags = tagsOf(text);
  const named = (name: string) => tagsOf(text, name);
  const ids = (name: string) => named(name).map((tag) => textAttribute(tag, 'id'));

  describe(`lesson ${folder}`, () => {
    it('uses only the lesson components and the bench, and imports nothing', () => {
      for (const { name } of tags) assert.ok(components.includes(name), name);
      assert.doesNotMatch(text, /^\s*(?:import|export)\b/m);
      // Whatever looks like a tag was read as one: a typing error hides nothing from these tests.
      const openings = text.replace(/`[^`]*`/g, '').match(/<[A-Za-z!]/g) ?? [];
      assert.equal(tags.length, openings.length);
    });

    it('asks first, then shows, then explains, and ends with its sources', () => {
      const first = order.map((name) => tags.findIndex((tag) => tag.name === name));
      assert.ok(!first.includes(-1), `one of ${order.join(', ')} is missing`);
      assert.deepEqual(
        first,
        first.toSorted((one, other) => one - other),
      );
      assert.match(text.trimEnd(), /<\/Sources>$/);
    });

    it('has one bench for each of its demos', () => {
      assert.deepEqual(
        named('Bench').map((tag) => textAttribute(tag, 'demo')),
        listed({ folder, text, ...lesson }, 'demos'),
      );
    });

    it('folds each explanation behind a prediction that stands before it', () => {
      const predictions = named('Predict');
      const explained = named('Explain').map((tag) => {
        const after = textAttribute(tag, 'after');
        const asked = predictions.find((prediction) => textAttribute(prediction, 'id') === after);
        assert.ok(asked && asked.index < tag.index, `<Explain after="${after}"> has no <Predict>`);
        return after;
      });
      assert.deepEqual(explained.toSorted(), ids('Predict').toSorted());
    });

    it('gives every step, prediction and check an id of its own', () => {
      const all = [...ids('Step'), ...ids('Predict'), ...ids('Check'), 'sources'];
      for (const id of all) assert.match(id ?? '', /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      assert.equal(new Set(all).size, all.length);
    });

    it('offers different options, one of them the answer', () => {
      for (const tag of [...named('Predict'), ...named('Check')]) {
        const options = jsonAttribute(tag, 'options') as readonly string[];
        assert.equal(new Set(options).size, options.length);
        // By its text: a number could be meant as a place or as the option "3".
        assert.ok(options.includes(textAttribute(tag, 'answer') ?? ''), textAttribute(tag, 'id'));
      }
    });

    it('has three quick checks with their reasons, one correction, one pair of cases', () => {
      const reasons = insidesOf(text, 'Check');
      assert.equal(reasons.length, 3);
      for (const reason of reasons) assert.ok(countWords(reason) >= 5, reason);
      assert.equal(named('SayItFairly').length, 1);
      assert.equal(named('Steelman').length, 1);
      assert.equal(named('Sources').length, 1);
    });

    it('makes both cases at equal length, within a tenth', () => {
      const [both = ''] = insidesOf(text, 'Steelman');
      const slots = tagsOf(both, 'Fragment').map((tag) => textAttribute(tag, 'slot'));
      assert.deepEqual(slots, ['http', 'websocket']);
      const [http = 0, webSocket = 0] = insidesOf(both, 'Fragment').map(countWords);
      assert.ok(http >= 30, 'a case of a few words is no case');
      const difference = Math.abs(http - webSocket);
      assert.ok(difference <= 0.1 * Math.max(http, webSocket), `${http} and ${webSocket} words`);
    });

    it('says it in 300 to 900 words', () => {
      const words = countWords(proseOf(text));
      assert.ok(words >= 300 && words <= 900, `${words} words`);
    });

    it('sets its own apostrophes where Markdown does not', () => {
      for (const { attributes } of tags) assert.doesNotMatch(attributes, /'/);
      for (const line of Object.values(lesson.frontmatter)) assert.doesNotMatch(line, /'/);
    });

    it('speaks of bytes to its readers, and links its sources to sections', () => {
      assert.doesNotMatch(text, /octet/i);
      const [sources = ''] = insidesOf(text, 'Sources');
      assert.ok(tagsOf(sources, 'Rfc').length >= 2);
      for (const tag of named('Rfc'))
        assert.match(tag.attributes, /number=\{\d+\} section="[\d.]+"/);
    });
  });
}
