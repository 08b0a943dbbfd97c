import { html, render } from 'lit';
import { icon } from './icons.js';

const LIFE = 5000;
/** @type {{text: string, kind: string}[]} */
let shown = [];

/** Says briefly what was done, or what went wrong. @param {string} text @param {'done' | 'problem'} [kind] */
export function toast(text, kind = 'done') {
  const one = { text, kind };
  shown = [...shown.slice(-2), one];
  draw();
  setTimeout(() => {
    shown = shown.filter((other) => other !== one);
    draw();
  }, kind === 'problem' ? LIFE * 2 : LIFE);
}

/** Tells a problem as the sentence that it is. @param {any} problem */
export const complain = (problem) => toast(problem.message ?? String(problem), 'problem');

function draw() {
  let place = document.querySelector('.toasts');
  if (!place) {
    place = document.createElement('div');
    place.className = 'toasts';
    place.setAttribute('role', 'status');
    place.setAttribute('aria-live', 'polite');
    document.body.append(place);
  }
  render(
    shown.map((one) => html`<p class="toast ${one.kind}">${icon(one.kind === 'problem' ? 'error' : 'check')}<span>${one.text}</span></p>`),
    /** @type {HTMLElement} */ (place),
  );
}
