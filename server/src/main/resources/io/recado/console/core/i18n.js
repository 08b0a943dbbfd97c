/**
 * Texts in the reader's language. A language is one file in `languages/`; its name goes into LANGUAGES.
 */
import { read, write } from './preferences.js';

/** Code and own name of each language there is; the first is what others fall back on. */
export const LANGUAGES = { en: 'English', es: 'Español' };

/** @type {Record<string, any>} */
let texts = {};
let code = 'en';

/** The language in use. */
export const language = () => code;

/** The language that the reader chose, else the first of the browser's that there is. */
function wanted() {
  const chosen = read('language');
  const asked = [chosen, ...navigator.languages.map((one) => one.split('-')[0])];
  return asked.find((one) => one && one in LANGUAGES) ?? 'en';
}

/** Loads a language. @param {string} [chosen] */
export async function loadLanguage(chosen) {
  if (chosen) write('language', chosen);
  code = chosen ?? wanted();
  const response = await fetch(new URL(`../languages/${code}.json`, import.meta.url));
  texts = await response.json();
  plurals = new Intl.PluralRules(code);
  document.documentElement.lang = code;
  document.documentElement.dir = read('direction') ?? texts['language.direction'] ?? 'ltr';
}

let plurals = new Intl.PluralRules('en');

/**
 * The text of a key, `{name}` replaced by the parameter of that name. A text that depends on `count` is an object by
 * plural category.
 * @param {string} key
 * @param {Record<string, any>} [values]
 */
export function t(key, values = {}) {
  let text = texts[key];
  if (text && typeof text === 'object') {
    text = text[plurals.select(values.count)] ?? text.other;
  }
  return (text ?? key).replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(code) : String(value ?? '');
  });
}

/** The text of a key that may not exist, such as one made of an enumeration's value. @param {string} prefix @param {string} value */
export const label = (prefix, value) => texts[`${prefix}.${value}`] ?? sentence(value);

/** @param {string} value such as RECIPIENT_UNREACHABLE */
function sentence(value) {
  const words = String(value ?? '').toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
