import { html, nothing } from 'lit';
import { all, idOf, newKey, post } from '../core/api.js';
import { copyable } from '../channels/copyable.js';
import { openDialog, trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { ago } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { link, router } from '../core/router.js';
import { endpointFields, endpointOf } from './endpoint-form.js';

const FRESH = 5000;

/** Where events are told to. */
class WebhooksPage extends Part {
  static properties = { endpoints: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.listen(router, 'change', () => this.#go());
    this.every(FRESH, () => document.hidden || this.#load());
    this.#load();
    this.#go();
  }

  #go() {
    if (router.path[1]) import('./endpoint.js').then(() => this.requestUpdate());
    this.requestUpdate();
  }

  async #load() {
    try {
      this.endpoints = await all('webhookEndpoints', 'webhookEndpoints');
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  async #add() {
    const channels = await all('channels', 'channels').catch(() => []);
    const made = await makeEndpoint(channels);
    await this.#load();
    if (made) router.to('webhooks', idOf(made.name));
  }

  render() {
    const id = router.path[1];
    if (id) return html`<recado-endpoint .name=${`webhookEndpoints/${id}`} @changed=${() => this.#load()}></recado-endpoint>`;
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.webhooks')}</h1><p>${t('webhooks.intro')}</p></div>
          <button type="button" class="primary" @click=${() => this.#add()}>${icon('plus')}${t('webhooks.add')}</button>
        </div>
        ${trouble(this.problem)}
        ${!this.endpoints ? (this.problem ? nothing : html`<span class="spinner"></span>`)
          : this.endpoints.length ? html`<div class="cards">${this.endpoints.map((one) => card(one))}</div>`
          : html`<div class="card empty">${icon('webhooks')}<h2>${t('webhooks.none')}</h2><p>${t('webhooks.noneHint')}</p></div>`}
      </div>`;
  }
}
customElements.define('recado-webhooks', WebhooksPage);

function card(endpoint) {
  const { health } = endpoint;
  return html`
    <a class="card" href=${link('webhooks', idOf(endpoint.name))}>
      <header><h2 dir="ltr">${endpoint.url.replace(/^https?:\/\//, '')}</h2>
        <span class="title-line"><span class="badge ${endpoint.state}">${label('webhookState', endpoint.state)}</span><span class="badge ${health.status}">${label('health', health.status)}</span></span></header>
      <p class="hint">${endpoint.types.length ? endpoint.types.join(', ') : t('events.allTypes')}</p>
      ${health.problems[0] ? html`<p class="notice problem">${icon('error')}<span>${health.problems[0].message}</span></p>` : nothing}
      <p class="hint">${t('webhooks.waiting', { count: health.waitingEvents })} · ${health.lastSuccessTime ? t('webhooks.lastSuccess', { time: ago(health.lastSuccessTime) }) : t('webhooks.neverSucceeded')}</p>
    </a>`;
}

/** Asks for an endpoint, makes it, and shows its secret, this once. @param {any[]} channels @returns {Promise<any>} */
async function makeEndpoint(channels) {
  let made;
  let problem;
  let key = newKey();
  const submit = async (event, redraw) => {
    event.preventDefault();
    try {
      made = await post('webhookEndpoints', endpointOf(event.target), key);
    } catch (refused) {
      problem = refused;
      key = newKey();
    }
    redraw();
  };
  await openDialog({
    title: t('webhooks.add'),
    body: (close, redraw) => made ? secretShown(made.secret, close) : html`
      <form @submit=${(event) => submit(event, redraw)}>
        ${endpointFields(channels, {}, problem)}
        ${trouble(problem)}
        <footer><button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button><button class="primary">${t('webhooks.add')}</button></footer>
      </form>`,
  });
  return made;
}

/** @param {string} secret @param {() => void} close */
export const secretShown = (secret, close) => html`
  <div class="fields">
    <p class="notice warn">${icon('warning')}<span>${t('webhooks.secretOnce')}</span></p>
    ${copyable(t('webhooks.secret'), secret)}
    <footer><button type="button" class="primary" @click=${() => close()}>${t('action.done')}</button></footer>
  </div>`;

