import { html, nothing } from 'lit';
import { idOf, newKey, post } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { t } from '../core/i18n.js';
import { copyable } from './copyable.js';

const STEPS = ['pages', 'snippet'];

/** Makes a web chat: which pages may hold it, and what is to be put into them. */
export class WebChatGuide {
  /** @type {any} */
  channel;
  /** @type {any} */
  problem;
  key = newKey();

  body(close, redraw) {
    const step = this.channel ? 1 : 0;
    return html`
      <ol class="progress">${STEPS.map((name, index) => html`
        <li class=${index < step ? 'done' : ''} aria-current=${index === step ? 'step' : nothing}>${t('connect.' + name)}</li>`)}</ol>
      ${this.channel ? this.#snippet(close) : this.#pages(redraw)}`;
  }

  #pages(redraw) {
    const submit = async (event) => {
      event.preventDefault();
      const given = new FormData(event.target);
      const displayName = String(given.get('displayName')).trim() || undefined;
      try {
        this.channel = await post('channels', { type: 'WEBCHAT', displayName, webchat: { allowedOrigins: origins(given) } }, this.key);
        this.problem = undefined;
      } catch (problem) {
        this.problem = problem;
        this.key = newKey();
      }
      redraw();
    };
    return html`
      <form @submit=${submit}>
        <label>${t('channels.name')} <small>${t('form.optional')}</small><input name="displayName" maxlength="63" autofocus placeholder=${t('webchat.nameExample')}></label>
        ${originsField([])}
        ${trouble(this.problem)}
        <footer><button class="primary">${t('action.next')}</button></footer>
      </form>`;
  }

  #snippet(close) {
    return html`
      <div class="fields">
        <p>${t('webchat.snippetHint')}</p>
        ${snippet(this.channel)}
        <p class="hint">${t('webchat.worksHint')}</p>
        <footer><button type="button" class="primary" @click=${() => close()}>${t('action.done')}</button></footer>
      </div>`;
  }
}

/** What a page needs to hold the chat, to be copied. @param {any} channel */
export const snippet = (channel) =>
  copyable(t('webchat.snippet'), `<script src="${location.origin}/widget.js" data-channel="${idOf(channel.name)}" async></script>`);

/** Where the pages' origins are written, one in a line. @param {string[]} known */
export const originsField = (known) => html`
  <label>${t('webchat.allowedOrigins')}
    <textarea name="allowedOrigins" rows="3" spellcheck="false" dir="ltr" placeholder="https://shop.example" .value=${known.join('\n')}></textarea>
    <small>${t('webchat.allowedOriginsHint')}</small>
  </label>`;

/** @param {FormData} form @returns {string[]} the origins that were written */
export const origins = (form) => String(form.get('allowedOrigins')).split(/\s+/).filter(Boolean);
