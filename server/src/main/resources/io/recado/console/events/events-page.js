import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { idOf } from '../core/api.js';
import { Part } from '../core/element.js';
import { exactTime, fullTime } from '../core/format.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { TYPES, live } from '../core/live.js';
import { link } from '../core/router.js';

const MOST = 500;
const PAUSE = 100;

/** What happens, as it happens; what a webhook would be told. */
class EventsPage extends Part {
  static properties = { events: { state: true }, type: { state: true }, isPaused: { state: true } };

  constructor() {
    super();
    /** @type {any[]} newest first */
    this.events = [];
    this.type = '';
    this.isPaused = false;
    /** @type {any[]} */
    this.waiting = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(live, 'event', (event) => this.#happened(event.detail));
  }

  #happened(event) {
    this.waiting.unshift(event);
    this.waiting.length = Math.min(this.waiting.length, MOST);
    if (!this.isPaused) this.timer ??= setTimeout(() => this.#show(), PAUSE);
  }

  #show() {
    this.timer = undefined;
    this.events = [...this.waiting, ...this.events].slice(0, MOST);
    this.waiting = [];
  }

  #toggle() {
    this.isPaused = !this.isPaused;
    if (!this.isPaused) this.#show();
  }

  render() {
    const shown = this.type ? this.events.filter((one) => one.type === this.type) : this.events;
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.events')}</h1><p>${t('events.intro')}</p></div>
          <div class="actions">
            <select aria-label=${t('events.type')} @change=${(event) => { this.type = event.target.value; }}>
              <option value="">${t('events.allTypes')}</option>
              ${TYPES.map((one) => html`<option>${one}</option>`)}
            </select>
            <button type="button" aria-pressed=${this.isPaused ? 'true' : 'false'} @click=${() => this.#toggle()}>${icon(this.isPaused ? 'play' : 'pause')}${t(this.isPaused ? 'events.resume' : 'events.pause')}</button>
            <button type="button" ?disabled=${!this.events.length} @click=${() => { this.events = []; }}>${t('events.clear')}</button>
          </div>
        </div>
        ${shown.length ? html`
          <div class="table"><ol class="event-list">${repeat(shown, (one) => one.id, (one) => row(one))}</ol></div>`
        : html`<div class="card empty">${icon('events')}<h2>${t('events.none')}</h2><p>${t(live.isOpen ? 'events.noneHint' : 'live.closedHint')}</p></div>`}
      </div>`;
  }
}
customElements.define('recado-events', EventsPage);

function row(event) {
  const message = event.data?.message;
  const parts = message?.name.split('/');
  return html`
    <li><details>
      <summary><time datetime=${event.timestamp} title=${fullTime(event.timestamp)}>${exactTime(event.timestamp)}</time>
        <strong>${event.type}</strong><span>${subject(event.data)}</span></summary>
      <pre tabindex="0" dir="ltr">${JSON.stringify(event, null, 2)}</pre>
      ${parts ? html`<p class="actions"><a class="button" href=${link('inbox', parts[1], parts[3], idOf(message.name))}>${t('message.timelineHint')}</a></p>` : nothing}
    </details></li>`;
}

/** @param {any} data */
function subject(data = {}) {
  const [what] = Object.values(data);
  return what?.text ?? what?.displayName ?? what?.contact?.displayName ?? what?.template?.name ?? what?.name ?? '';
}
