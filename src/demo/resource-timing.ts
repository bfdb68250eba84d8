/** The browser's own note of what a load took; it comes a little after the answer. */
export function nextTiming(url: string): Promise<PerformanceResourceTiming | undefined> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const entry = list.getEntriesByName(url).at(-1);
      if (entry) settle(entry as PerformanceResourceTiming);
    });
    const settle = (entry?: PerformanceResourceTiming) => {
      observer.disconnect();
      resolve(entry);
    };
    observer.observe({ type: 'resource' });
    setTimeout(settle, 3000);
  });
}
