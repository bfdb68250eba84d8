// Judges saved runs by the challenges of their demo: the same rows and the same evaluator as on the
// page. For teachers who collect capsules, and for whoever writes a challenge.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { CaptureReader } from '#capture/capture-reader.ts';
import { decodeCapsule, MAX_CAPSULE_LENGTH, replayOrder } from '#capture/export/capsule.ts';
import { evaluate } from '#challenge/evaluator.ts';
import type { DemoDefinition } from '#demo/definition.ts';

const USAGE = `Usage: node scripts/check-capsule.ts [--challenge <id>] capsule.json …

  --challenge  only this challenge of the capsule's demo

Prints one JSON line per challenge: the goals, whether each is met, and the rows that decided it.
Ends with 0 when every challenge that was looked at is solved, 1 when one is not, 2 when a file can
not be read. What a page's own script saw could be forged; what crossed the wire could too, by who
edits the file: this is a help, not an examination.`;

class UnreadableError extends Error {}

async function definitionOf(demo: string): Promise<DemoDefinition> {
  // A capsule comes from anywhere: its word becomes part of a path only when it is a plain name.
  const isName = /^[a-z][a-z0-9-]*$/.test(demo);
  if (!isName || !existsSync(join(import.meta.dirname, '..', 'src/demos', demo, 'demo.ts'))) {
    throw new UnreadableError(`There is no demo “${demo.slice(0, 40)}” here.`);
  }
  const { default: definition } = (await import(`#demos/${demo}/demo.ts`)) as {
    readonly default: DemoDefinition;
  };
  return definition;
}

async function check(path: string, wanted: string | undefined): Promise<boolean> {
  const json = readFileSync(path, 'utf8');
  if (json.length > MAX_CAPSULE_LENGTH) throw new UnreadableError('The file is too long.');
  const capsule = decodeCapsule(json);
  const { challenges } = await definitionOf(capsule.demo);
  const chosen = challenges.filter(({ id }) => wanted === undefined || id === wanted);
  if (chosen.length === 0) {
    const known = challenges.map(({ id }) => id).join(', ');
    throw new UnreadableError(`This demo has no such challenge; there are: ${known}.`);
  }
  const reader = new CaptureReader();
  for (const step of replayOrder(capsule)) {
    if (step.from === 'wire') reader.pushWire(step.event);
    else reader.pushPage(step.event);
  }
  let isSolved = true;
  for (const challenge of chosen) {
    const { goals } = evaluate(challenge, reader.rows);
    const solved = goals.length > 0 && goals.every(({ met }) => met);
    isSolved &&= solved;
    const { demo, made } = capsule;
    console.log(JSON.stringify({ file: path, demo, made, challenge: challenge.id, solved, goals }));
  }
  return isSolved;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { challenge: { type: 'string' } },
    });
    if (positionals.length === 0) throw new Error('Name at least one capsule.');
    return { files: positionals, challenge: values.challenge };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { files, challenge } = readArguments();
for (const file of files) {
  try {
    if (!(await check(file, challenge)) && process.exitCode !== 2) process.exitCode = 1;
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
