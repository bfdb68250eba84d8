// Runs before the first paint: applies the reader's theme, and says that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  // A sandboxed frame without an origin of its own gets no modules: the page says so.
  if (self.origin === 'null') root.classList.add('without-origin');
  const isEmbedded = location.pathname.startsWith('/embed/');
  try {
    // A page that is made for frames keeps nothing and looks nothing up: its address decides.
    const theme = isEmbedded
      ? new URLSearchParams(location.search).get('theme')
      : localStorage.getItem('sp:theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's theme it is.
  }
})();
