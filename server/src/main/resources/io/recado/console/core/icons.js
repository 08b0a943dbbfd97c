import { html, nothing, svg } from 'lit';

/** Drawn for this console, on a grid of 24, in strokes of the text's colour. */
const PATHS = {
  inbox: 'M4 5.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-4.5 3.5v-3.5H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z',
  overview: 'M4 20V4M4 20h16M8 16v-4M12.5 16V8M17 16v-6',
  channels: 'M12 12m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7.5 16.5a6.4 6.4 0 0 1 0-9M16.5 7.5a6.4 6.4 0 0 1 0 9M4.7 19.3a10.3 10.3 0 0 1 0-14.6M19.3 4.7a10.3 10.3 0 0 1 0 14.6',
  templates: 'M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 12.5h7M9 16h5',
  webhooks: 'M8.5 9.5a3.5 3.5 0 1 1 6.4 2l2.4 4M8.5 9.5l-.3.2M12 7.5l-3.6 7.2M17 17.5a3 3 0 1 0-2.5-4.6M7 15.2a3 3 0 1 0 2.9 3.8H16',
  keys: 'M14.5 9.5a4.5 4.5 0 1 0-3.6 4.4L12 15h2v2h2v2h4v-3.5zM8.7 8.8h.01',
  events: 'M3 12h4l2.5-7 4.5 14 2.7-7H21',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  plus: 'M12 5v14M5 12h14',
  send: 'M4.5 12 20 4.5 15.5 20l-3.6-6.4zM11.9 13.6 20 4.5',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  down: 'M6 9.5l6 6 6-6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  ticks: 'M2.5 12.8l4 4L15.5 7.5M11 15.8l1 1L21.5 7.5',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.3l2.8 1.7',
  warning: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2h.01',
  error: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 8v5M12 16.2h.01',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5.2M12 7.8h.01',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v5h-5',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  play: 'M7.5 5l11 7-11 7z',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10.3 10.5v5.5M13.7 10.5v5.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  tag: 'M3.5 12.3V4h8.3l8.7 8.7-8 8zM8 8.4h.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  out: 'M13.5 4.5h-8v15h8M10.5 12H21M17.5 8.5 21 12l-3.5 3.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  keyboard: 'M3 7h18v10.5H3zM6.5 10.5h.01M10 10.5h.01M13.8 10.5h.01M17.5 10.5h.01M8 14.2h8',
  phone: 'M7.5 3.5h9v17h-9zM11 17.8h2',
  archive: 'M3.5 5h17v4h-17zM5 9v10.5h14V9M10 13h4',
  bolt: 'M13 3.5 5.5 13.5H12L11 20.5l7.5-10H12z',
  link: 'M10 13.5a4 4 0 0 0 5.8.3l3-3a4 4 0 0 0-5.7-5.7L11.8 6.4M14 10.5a4 4 0 0 0-5.8-.3l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3',
};

/**
 * @param {keyof typeof PATHS | string} name
 * @param {string} [label] what it says; without one it only decorates
 */
export const icon = (name, label) => html`<svg class="icon icon-${name}" viewBox="0 0 24 24" fill="none"
    stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"
    role=${label ? 'img' : nothing} aria-label=${label ?? nothing} aria-hidden=${label ? nothing : 'true'}>${svg`<path d=${PATHS[name] ?? ''}></path>`}</svg>`;

/** The sign: a note that was handed over. */
export const brand = () => html`<svg class="sign" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" class="sign-back"/><path class="sign-note" d="M9 9h14a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-7l-5 4.5V22H9a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3z"/><path class="sign-tick" d="m11.5 15.6 3 3 6-6"/></svg>`;
