import { progressWords } from '#words/shell.ts';
import { isLessonDone, markLesson, watchProgress } from './progress.ts';

/** The button at a lesson's end: marks it as read, or takes the mark back. */
export class LessonMark extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const { lesson: slug = '', demos = '' } = this.dataset;
    if (!button) return;
    const named = demos.split(' ').filter(Boolean);
    watchProgress((progress) => {
      const read = slug in progress.lessons;
      const solved = !read && isLessonDone(progress, { slug, demos: named });
      button.setAttribute('aria-pressed', String(read));
      button.disabled = solved;
      if (solved) button.textContent = progressWords.solved;
      else button.textContent = read ? progressWords.marked : progressWords.mark;
    });
    button.addEventListener('click', () => {
      markLesson(slug, button.getAttribute('aria-pressed') !== 'true');
    });
  }
}
