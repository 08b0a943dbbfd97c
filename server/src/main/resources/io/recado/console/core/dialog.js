import { html, nothing, render } from 'lit';
import { icon } from './icons.js';
import { t } from './i18n.js';

/**
 * Opens a dialog, the platform's own: it holds the focus, and Escape closes it.
 * @param {{title: string, body: (close: (value?: any) => void, redraw: () => void) => unknown, wide?: boolean, kind?: string}} options
 * @returns {Promise<any>} what it was closed with; undefined when it was dismissed
 */
export function openDialog({ title, body, wide = false, kind = '' }) {
  const dialog = document.createElement('dialog');
  dialog.className = `dialog ${wide ? 'wide' : ''} ${kind}`;
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  let value;
  const close = (given) => {
    value = given;
    dialog.close();
  };
  const redraw = () => render(html`
    <header>
      <h2 id="dialog-title">${title}</h2>
      <button class="quiet icon-only" type="button" aria-label=${t('action.close')} @click=${() => close()}>${icon('close')}</button>
    </header>
    ${body(close, redraw)}`, dialog);
  document.body.append(dialog);
  redraw();
  dialog.addEventListener('click', (event) => {
    // A click on what is around it.
    if (event.target === dialog) close();
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(value);
    }, { once: true });
  });
}

/**
 * Asks before something that cannot be undone.
 * @param {{title: string, text: string, action: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export async function confirmed({ title, text, action, danger = true }) {
  const answer = await openDialog({
    title,
    kind: 'question',
    body: (close) => html`
      <p>${text}</p>
      <footer>
        <button type="button" class="quiet" @click=${() => close(false)}>${t('action.cancel')}</button>
        <button type="button" class=${danger ? 'danger' : 'primary'} autofocus @click=${() => close(true)}>${action}</button>
      </footer>`,
  });
  return answer === true;
}

/** A problem as a sentence where it happened. @param {any} problem */
export const trouble = (problem) =>
  problem ? html`<p class="notice problem" role="alert">${icon('error')}<span>${problem.message}</span></p>` : nothing;
