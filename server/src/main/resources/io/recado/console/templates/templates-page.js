import { html, nothing } from 'lit';
import { all, idOf, post } from '../core/api.js';
import { openDialog, trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { ago } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { read, write } from '../core/preferences.js';
import { session } from '../core/session.js';
import { toast } from '../core/toast.js';
import { phonePreview } from './phone-preview.js';

/** The templates of a channel, as they look on a phone. */
class TemplatesPage extends Part {
  static properties = { channels: { state: true }, channel: { state: true }, templates: { state: true }, query: { state: true } };

  constructor() {
    super();
    this.query = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(live, 'event', (event) => event.detail.type === 'template.updated' && this.#load());
    this.attempt(async () => {
      this.channels = (await all('channels', 'channels')).filter((one) => one.type !== 'WEBCHAT');
      this.channel = this.channels.find((one) => idOf(one.name) === read('channel')) ?? this.channels[0];
      if (this.channel) await this.#load();
    });
  }

  async #load() {
    this.templates = await all(`${this.channel.name}/templates`, 'templates');
  }

  async #choose(name) {
    this.channel = this.channels.find((one) => one.name === name);
    write('channel', idOf(name));
    this.templates = undefined;
    await this.attempt(() => this.#load());
  }

  async #sync() {
    await this.attempt(async () => {
      await post(`${this.channel.name}/templates:sync`);
      await this.#load();
    });
    if (!this.problem) toast(t('templates.synced', { count: this.templates.length }));
  }

  render() {
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.templates')}</h1><p>${t('templates.intro')}</p></div>
          <div class="actions">
            ${(this.channels?.length ?? 0) > 1 ? html`
              <select aria-label=${t('inbox.channel')} @change=${(event) => this.#choose(event.target.value)}>
                ${this.channels.map((one) => html`<option value=${one.name} ?selected=${one === this.channel}>${one.displayName ?? one.type}</option>`)}
              </select>` : nothing}
            ${session.can('SENDER') && this.channel ? html`<button type="button" ?disabled=${this.busy} aria-busy=${this.busy ? 'true' : 'false'} @click=${() => this.#sync()}>${icon('refresh')}${t(this.busy ? 'templates.syncing' : 'templates.sync')}</button>` : nothing}
          </div>
        </div>
        ${trouble(this.problem)}
        ${this.#content()}
      </div>`;
  }

  #content() {
    if (this.channels && !this.channel) return html`<div class="card empty">${icon('channels')}<h2>${t('inbox.noChannel')}</h2><p>${t('inbox.noChannelHint')}</p></div>`;
    if (!this.templates) return this.problem ? nothing : html`<span class="spinner"></span>`;
    if (!this.templates.length) return html`<div class="card empty">${icon('templates')}<h2>${t('templates.none')}</h2><p>${t('picker.noneHint')}</p></div>`;
    const words = this.query.toLowerCase();
    const found = this.templates.filter((one) => `${one.name} ${one.language} ${one.body?.text}`.toLowerCase().includes(words));
    return html`
      <div class="search">${icon('search')}<input type="search" aria-label=${t('picker.search')} placeholder=${t('picker.search')} @input=${(event) => { this.query = event.target.value; }}></div>
      <div class="cards">${found.map((one) => card(one))}</div>
      ${found.length ? nothing : html`<p class="hint">${t('inbox.noMatch')}</p>`}`;
  }
}
customElements.define('recado-templates', TemplatesPage);

function card(template) {
  const parameters = template.body?.parameters ?? [];
  return html`
    <section class="card" aria-label=${`${template.name} ${template.language}`}>
      <header><h2>${template.name}</h2><span class="title-line"><span class="badge">${template.language}</span>
        ${template.status ? html`<span class="badge ${template.status}">${label('templateStatus', template.status)}</span>` : nothing}</span></header>
      ${phonePreview(template)}
      <p class="hint">${label('category', template.category)}${template.quality ? html` · ${label('quality', template.quality)}` : nothing} · ${ago(template.updateTime)}</p>
      ${parameters.length ? html`<button type="button" @click=${() => tryOut(template)}>${icon('phone')}${t('templates.tryOut')}</button>` : nothing}
    </section>`;
}

/** Shows a template with values of the reader's. */
function tryOut(template) {
  const parameters = Object.fromEntries((template.body?.parameters ?? []).map((one) => [one.name, one.example ?? '']));
  openDialog({
    title: template.name,
    wide: true,
    body: (_, redraw) => html`
      <div class="fill fields">
        <div class="fields">${(template.body?.parameters ?? []).map((one) => html`
          <label>${one.name}<input .value=${parameters[one.name]} @input=${(event) => { parameters[one.name] = event.target.value; redraw(); }}></label>`)}</div>
        ${phonePreview(template, parameters)}
      </div>`,
  });
}
