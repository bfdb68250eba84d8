/**
 * Tells the page around a framed bench how high it would like to be, and nothing else: anyone may
 * frame it, and anyone may know its height. The Teach page says how to listen.
 */
function tellHeight(): void {
  const { body } = document;
  const demo = document.querySelector<HTMLElement>('wire-bench')?.dataset['demo'];
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: 'switching-protocols:height', demo, height }, '*');
  }).observe(body);
}

if (window.parent !== window && document.querySelector('.embed') !== null) tellHeight();
