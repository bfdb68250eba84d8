/** Read by `public/theme.js` before the first paint. */
const THEME_KEY = 'sp:theme';

function storedTheme(): string {
  try {
    return localStorage.getItem(THEME_KEY) ?? 'system';
  } catch {
    return document.documentElement.dataset['theme'] ?? 'system';
  }
}

function applyTheme(theme: string): void {
  const { dataset } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset['theme'] = theme;
  else delete dataset['theme'];
  for (const select of document.querySelectorAll<HTMLSelectElement>('.theme-select')) {
    select.value = theme;
  }
}

function storeTheme(theme: string): void {
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
}

/** Makes the theme switches work, on this page and after a change in another tab. */
export function watchTheme(): void {
  applyTheme(storedTheme());
  for (const select of document.querySelectorAll<HTMLSelectElement>('.theme-select')) {
    select.addEventListener('change', () => {
      storeTheme(select.value);
      applyTheme(select.value);
    });
  }
  window.addEventListener('storage', (event) => {
    if (event.key === THEME_KEY) applyTheme(storedTheme());
  });
}
