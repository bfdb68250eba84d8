/** What is live on a lesson’s page, apart from its bench, and in the lists of lessons. */
import { afterLoad } from './after-load.ts';
import { CheckElement } from './check-element.ts';
import { watchTicks } from './course-progress.ts';
import { ExplainElement, unfoldTarget } from './explain-element.ts';
import { LessonMark } from './lesson-mark.ts';
import { tellMissingStep } from './missing-step.ts';
import { PredictElement } from './predict-element.ts';
import { watchSteps } from './step-spy.ts';

customElements.define('sp-predict', PredictElement);
customElements.define('sp-explain', ExplainElement);
customElements.define('sp-check', CheckElement);
customElements.define('lesson-mark', LessonMark);
watchTicks();
watchSteps();
if (document.querySelector('.lesson') !== null) {
  for (const follow of [unfoldTarget, tellMissingStep]) {
    follow();
    window.addEventListener('hashchange', follow);
  }
}
afterLoad(() => {
  // One lesson has it.
  if (document.querySelector('sp-decode') !== null) void import('./decode-element.ts');
});
