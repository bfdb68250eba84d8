import { stepWords } from '#words/shell.ts';
import { hashTarget } from './hash-target.ts';

/** Says, at the top of the lesson, that a link's step is not in it; otherwise takes that back. */
export function tellMissingStep(): void {
  document.querySelector('.missing-step')?.remove();
  const id = hashTarget();
  if (id === '' || document.getElementById(id) !== null) return;
  const line = document.createElement('p');
  line.className = 'missing-step';
  line.role = 'status';
  line.textContent = stepWords.missing(id.slice(0, 40));
  document.querySelector('main')?.prepend(line);
}
