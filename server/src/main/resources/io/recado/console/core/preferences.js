/** What a person likes, kept in this browser alone. */

/** @param {string} name */
export function read(name) {
  try {
    return localStorage.getItem('recado.' + name);
  } catch {
    return null; // Storage is off: the choice holds until the page is closed.
  }
}

/** @param {string} name @param {string | null} value */
export function write(name, value) {
  try {
    if (value === null) localStorage.removeItem('recado.' + name);
    else localStorage.setItem('recado.' + name, value);
  } catch {
    // As above.
  }
}

/** Light, dark, or as the system is. @param {'light' | 'dark' | 'system'} [theme] */
export function applyTheme(theme) {
  if (theme) write('theme', theme === 'system' ? null : theme);
  const chosen = read('theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  window.dispatchEvent(new Event('recado-theme'));
}
