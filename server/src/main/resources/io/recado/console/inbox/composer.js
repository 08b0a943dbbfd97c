import { html, nothing } from 'lit';
import { newKey, post } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { Part, tell } from '../core/element.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { session } from '../core/session.js';
import { serviceWindow } from './window.js';

const MINUTE = 20_000;

/** Where an answer is written. Drafts stay with their conversation until they are sent. */
class Composer extends Part {
  static properties = { conversation: { attribute: false }, channel: { attribute: false }, problem: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.drafts ??= new Map();
    this.every(MINUTE, () => this.requestUpdate());
    this.listen(window, 'keydown', (event) => this.#keys(event));
  }

  willUpdate(changed) {
    const before = changed.get('conversation');
    if (changed.has('conversation') && before?.name !== this.conversation?.name) this.problem = undefined;
  }

  updated(changed) {
    const before = changed.get('conversation');
    const field = this.querySelector('textarea');
    if (changed.has('conversation') && before?.name !== this.conversation?.name && field) {
      field.value = this.drafts.get(this.conversation.name) ?? '';
      grow(field);
    }
  }

  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
    if (event.key === 'r') {
      event.preventDefault();
      this.querySelector('textarea')?.focus();
    } else if (event.key === 't' && session.can('SENDER')) {
      event.preventDefault();
      tell(this, 'choose-template');
    }
  }

  #typed(event) {
    this.drafts.set(this.conversation.name, event.target.value);
    grow(event.target);
    this.requestUpdate();
  }

  #typedKey(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape') {
      event.target.blur();
    }
  }

  async #send() {
    const field = this.querySelector('textarea');
    const text = field.value.trim();
    if (!text) return;
    const conversation = this.conversation.name;
    const key = newKey();
    field.value = '';
    this.drafts.delete(conversation);
    grow(field);
    this.problem = undefined;
    tell(this, 'sending', { key, text });
    try {
      tell(this, 'sent', { key, message: await post(`${conversation}/messages`, { text }, key) });
    } catch (problem) {
      tell(this, 'not-sent', { key });
      this.problem = problem;
      this.drafts.set(conversation, text);
      if (this.conversation.name === conversation) {
        field.value = text;
        grow(field);
        field.focus();
      }
    }
  }

  render() {
    if (!session.can('SENDER')) return html`<p class="composer-note">${icon('lock')}<span>${t('composer.readOnly')}</span></p>`;
    const state = serviceWindow(this.conversation, this.channel);
    return html`
      ${trouble(this.problem)}
      ${this.channel?.state === 'DISABLED' ? html`<p class="composer-note">${icon('warning')}<span>${t('composer.disabled')}</span></p>` : nothing}
      ${this.channel?.state === 'PAUSED' ? html`<p class="composer-note">${icon('pause')}<span>${t('composer.paused')}</span></p>` : nothing}
      ${state.text ? html`<p class="window ${state.isOpen ? (state.isSoonOver ? 'soon' : '') : 'closed'}" role="status">${icon(state.isOpen ? 'clock' : 'lock')}<span>${state.text}</span></p>` : nothing}
      <form class="composer" @submit=${(event) => { event.preventDefault(); this.#send(); }}>
        <button type="button" class="icon-only" aria-label=${t('composer.template')} title=${t('composer.template')}
          @click=${() => tell(this, 'choose-template')}>${icon('templates')}</button>
        ${state.isOpen
          ? html`<textarea rows="1" maxlength="4096" aria-label=${t('composer.text')} placeholder=${t('composer.hint')}
                @input=${(event) => this.#typed(event)} @keydown=${(event) => this.#typedKey(event)}></textarea>
              <button class="primary icon-only" aria-label=${t('composer.send')} title=${t('composer.send')}>${icon('send')}</button>`
          : html`<button type="button" class="primary grow" @click=${() => tell(this, 'choose-template')}>${t('composer.template')}</button>`}
      </form>`;
  }
}
customElements.define('recado-composer', Composer);

/** As high as its text, up to a limit of the stylesheet. @param {HTMLTextAreaElement} field */
function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
