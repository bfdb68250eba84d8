/** Marks, in the list of steps, the step that is being read. */
export function watchSteps(): void {
  const links = new Map<Element, Element>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.steps a')) {
    const step = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (step) links.set(step, link);
  }
  const steps = [...links.keys()];
  const observer = new IntersectionObserver(
    () => {
      const above = steps.filter((step) => step.getBoundingClientRect().top < innerHeight / 3);
      const reading = above.at(-1);
      for (const [step, link] of links) {
        if (step === reading) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '0px 0px -66% 0px', threshold: [0, 1] },
  );
  for (const step of steps) observer.observe(step);
}
