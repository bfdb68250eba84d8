import { progressWords } from '#words/shell.ts';
import { isLessonDone, watchProgress, type Progress } from './progress.ts';

function showDone(item: HTMLElement, done: boolean): void {
  item.classList.toggle('done', done);
  const words = item.querySelector('.done-words');
  if (!done) words?.remove();
  if (!done || words) return;
  const added = document.createElement('span');
  added.className = 'sr-only done-words';
  added.textContent = ` (${progressWords.done})`;
  item.querySelector('a')?.append(added);
}

/** Ticks the finished lessons in the course's lists. */
export function watchTicks(): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-lesson][data-demos]')];
  if (!items.length) return;
  watchProgress((progress: Progress) => {
    for (const item of items) {
      const { lesson: slug = '', demos = '' } = item.dataset;
      const named = demos.split(' ').filter(Boolean);
      showDone(item, isLessonDone(progress, { slug, demos: named }));
    }
  });
}
