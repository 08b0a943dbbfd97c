import { html, nothing } from 'lit';
import { newKey, post } from '../core/api.js';
import { openDialog, trouble } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { phonePreview } from '../templates/phone-preview.js';

/**
 * Lets a person choose a template, fill it in, see it, and send it.
 * @param {any} conversation
 * @param {any[]} templates
 * @returns {Promise<any>} the message, or undefined
 */
export function pickTemplate(conversation, templates) {
  const picker = new Picker(conversation, templates);
  return openDialog({ title: t('picker.title'), wide: true, body: (close, redraw) => picker.body(close, redraw) });
}

class Picker {
  /** @type {any} */
  chosen;
  /** @type {Record<string, string>} */
  parameters = {};
  query = '';
  /** @type {any} */
  problem;
  key = newKey();

  constructor(conversation, templates) {
    this.conversation = conversation;
    this.templates = templates;
  }

  body(close, redraw) {
    if (!this.templates.length) {
      return html`<div class="empty">${icon('templates')}<h2>${t('picker.none')}</h2><p>${t('picker.noneHint')}</p></div>`;
    }
    return this.chosen ? this.#fill(close, redraw) : this.#choose(redraw);
  }

  #choose(redraw) {
    const words = this.query.toLowerCase();
    const found = this.templates.filter((one) => `${one.name} ${one.body?.text ?? ''}`.toLowerCase().includes(words));
    return html`
      <div class="search">${icon('search')}
        <input type="search" autofocus aria-label=${t('picker.search')} placeholder=${t('picker.search')}
          @input=${(event) => { this.query = event.target.value; redraw(); }}>
      </div>
      <ul class="choices">
        ${found.map((one) => html`<li><button type="button" class="choice" @click=${() => { this.chosen = one; this.key = newKey(); redraw(); }}>
          <strong>${one.name}</strong> <span class="badge">${one.language}</span>
          <span class="text">${one.body?.text ?? ''}</span></button></li>`)}
        ${found.length ? nothing : html`<li class="hint">${t('inbox.noMatch')}</li>`}
      </ul>`;
  }

  #fill(close, redraw) {
    const parameters = this.chosen.body?.parameters ?? [];
    return html`
      <form class="fill" @submit=${(event) => this.#send(event, close, redraw)}>
        <div class="fields">
          <p><strong>${this.chosen.name}</strong> <span class="badge">${this.chosen.language}</span></p>
          ${parameters.map((one, index) => html`
            <label>${one.name}
              <input required maxlength="1024" placeholder=${one.example ?? ''} ?autofocus=${index === 0}
                .value=${this.parameters[one.name] ?? ''}
                @input=${(event) => { this.parameters = { ...this.parameters, [one.name]: event.target.value }; redraw(); }}>
              ${this.problem?.about?.(`template.parameters.${one.name}`) ? html`<small class="wrong">${this.problem.about(`template.parameters.${one.name}`)}</small>` : nothing}
            </label>`)}
          ${parameters.length ? nothing : html`<p class="hint">${t('picker.noParameters')}</p>`}
          ${trouble(this.problem)}
        </div>
        ${phonePreview(this.chosen, this.parameters)}
        <footer>
          <button type="button" class="quiet" @click=${() => { this.chosen = undefined; this.problem = undefined; redraw(); }}>${icon('back')}${t('picker.other')}</button>
          <button class="primary">${icon('send')}${t('picker.send')}</button>
        </footer>
      </form>`;
  }

  async #send(event, close, redraw) {
    event.preventDefault();
    const { name, language } = this.chosen;
    const names = (this.chosen.body?.parameters ?? []).map((one) => one.name);
    const parameters = Object.fromEntries(names.map((one) => [one, this.parameters[one] ?? '']));
    try {
      close(await post(`${this.conversation.name}/messages`, { template: { name, language, parameters } }, this.key));
    } catch (problem) {
      this.problem = problem;
      this.key = newKey();
      redraw();
    }
  }
}
