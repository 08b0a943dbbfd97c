import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { all, get, patch, post, remove } from '../core/api.js';
import { confirmed, openDialog, trouble } from '../core/dialog.js';
import { Part, tell } from '../core/element.js';
import { ago, fullTime, latency } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { link, router } from '../core/router.js';
import { toast } from '../core/toast.js';
import { endpointFields, endpointOf } from './endpoint-form.js';
import { secretShown } from './webhooks-page.js';

const FRESH = 4000;
const STATUSES = ['DELIVERED', 'RETRYING', 'FAILED'];

/** One endpoint: its health, what was told to it, and what can be done. */
class Endpoint extends Part {
  static properties = { name: {}, endpoint: { state: true }, deliveries: { state: true }, status: { state: true } };

  constructor() {
    super();
    this.status = '';
    this.bodies = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.every(FRESH, () => document.hidden || this.isLong || this.#load());
  }

  willUpdate(changed) {
    if (changed.has('name')) {
      this.endpoint = undefined;
      this.deliveries = undefined;
      this.#load();
    }
  }

  async #load() {
    const filter = this.status ? `status = "${this.status}"` : undefined;
    try {
      const [endpoint, page] = await Promise.all([get(this.name), get(`${this.name}/deliveries`, { pageSize: 25, filter })]);
      this.endpoint = endpoint;
      this.deliveries = page.deliveries;
      this.nextPage = page.nextPageToken;
      this.isLong = false;
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  async #more() {
    const filter = this.status ? `status = "${this.status}"` : undefined;
    await this.attempt(async () => {
      const page = await get(`${this.name}/deliveries`, { pageSize: 50, filter, pageToken: this.nextPage });
      this.deliveries = [...this.deliveries, ...page.deliveries];
      this.nextPage = page.nextPageToken;
      this.isLong = true;
    });
  }

  async #act(work, done) {
    const result = await this.attempt(work);
    if (this.problem) return;
    toast(typeof done === 'function' ? done(result) : done);
    tell(this, 'changed');
    await this.#load();
  }

  render() {
    const one = this.endpoint;
    return html`
      <div class="page">
        <div>
          <a class="crumb" href=${link('webhooks')}>${icon('back')}${t('page.webhooks')}</a>
          <div class="page-head">
            <div><h1 dir="ltr">${one?.url.replace(/^https?:\/\//, '') ?? t('page.webhooks')}</h1>
              ${one ? html`<p class="title-line"><span class="badge ${one.state}">${label('webhookState', one.state)}</span><span class="badge ${one.health.status}">${label('health', one.health.status)}</span></p>` : nothing}</div>
            ${one ? html`<div class="actions">
              <button type="button" class="primary" ?disabled=${this.busy} @click=${() => this.#test()}>${icon('bolt')}${t('webhooks.test')}</button>
              <button type="button" ?disabled=${this.busy} @click=${() => this.#replay()}>${icon('refresh')}${t('webhooks.replay')}</button>
            </div>` : nothing}
          </div>
        </div>
        ${trouble(this.problem)}
        ${one ? this.#content(one) : this.problem ? nothing : html`<span class="spinner"></span>`}
      </div>`;
  }

  #content(one) {
    return html`
      ${one.health.problems.map((problem) => html`
        <div class="failure"><h2>${icon('error')} ${problem.message}</h2><p><strong>${t('timeline.remedy')}</strong> ${problem.remedy}</p>
          ${problem.sinceTime ? html`<p class="hint">${t('channels.since', { time: ago(problem.sinceTime) })}</p>` : nothing}</div>`)}
      <section class="card" aria-labelledby="deliveries-title">
        <header><h2 id="deliveries-title">${t('webhooks.deliveries')}</h2>
          <div class="actions">
            <select aria-label=${t('webhooks.status')} @change=${(event) => { this.status = event.target.value; this.#load(); }}>
              <option value="">${t('filter.all')}</option>${STATUSES.map((status) => html`<option value=${status}>${t('delivery.' + status)}</option>`)}
            </select>
            <button type="button" ?disabled=${this.busy} @click=${() => this.#act(() => post(`${this.name}/deliveries:retryFailed`), (result) => t('webhooks.retriedAll', { count: result.deliveries }))}>${t('webhooks.retryFailed')}</button>
          </div></header>
        ${this.deliveries?.length ? html`
          <ol class="event-list deliveries">${repeat(this.deliveries, (delivery) => delivery.name, (delivery) => this.#delivery(delivery))}</ol>
          ${this.nextPage ? html`<button type="button" @click=${() => this.#more()}>${t('action.more')}</button>` : nothing}`
        : html`<p class="hint">${t(this.status ? 'inbox.noMatch' : 'webhooks.noDeliveries')}</p>`}
      </section>
      <section class="card" aria-labelledby="settings-title">
        <header><h2 id="settings-title">${t('webhooks.settings')}</h2><button type="button" @click=${() => this.#change()}>${t('channels.change')}</button></header>
        <dl class="facts">
          <dt>${t('webhooks.url')}</dt><dd><code class="long" dir="ltr">${one.url}</code></dd>
          <dt>${t('webhooks.types')}</dt><dd>${one.types.length ? one.types.join(', ') : t('events.allTypes')}</dd>
          <dt>${t('page.channels')}</dt><dd>${one.channels.length ? one.channels.join(', ') : t('keys.allChannels')}</dd>
          <dt>${t('webhooks.behind')}</dt><dd>${t('webhooks.waiting', { count: one.health.waitingEvents })}</dd>
        </dl>
        <div class="actions">
          <button type="button" @click=${() => this.#rotate()}>${icon('keys')}${t('webhooks.rotate')}</button>
          ${one.state === 'ENABLED'
            ? html`<button type="button" @click=${() => this.#act(() => patch(this.name, { state: 'DISABLED' }), t('channels.disabled'))}>${icon('pause')}${t('channels.disable')}</button>`
            : html`<button type="button" class="primary" @click=${() => this.#act(() => post(`${this.name}:enable`), t('channels.enabled'))}>${icon('play')}${t('channels.enable')}</button>`}
          <button type="button" class="danger" @click=${() => this.#delete()}>${icon('trash')}${t('action.delete')}</button>
        </div>
      </section>`;
  }

  #delivery(delivery) {
    const last = delivery.attempts.at(-1);
    return html`
      <li><details @toggle=${(event) => event.target.open && this.#readBody(delivery.event)}>
        <summary><span class="badge ${delivery.status === 'RETRYING' ? 'warn' : delivery.status}">${t('delivery.' + delivery.status)}</span>
          <strong>${delivery.type}</strong>
          <span>${ago(delivery.eventTime)} · ${last?.httpStatus ? `HTTP ${last.httpStatus}` : last?.answer ?? ''} · ${t('webhooks.attempts', { count: delivery.attempts.length })}</span></summary>
        <div class="delivery">
          <h3>${t('webhooks.attemptsTitle')}</h3>
          <ol class="attempts">${delivery.attempts.map((one) => html`
            <li><span class="badge ${one.httpStatus >= 200 && one.httpStatus < 300 ? 'good' : 'bad'}">${one.httpStatus ?? t('webhooks.noAnswer')}</span>
              <time datetime=${one.time}>${fullTime(one.time)}</time> · ${latency(one.latencyMillis)}
              ${one.answer ? html`<pre dir="ltr" tabindex="0">${one.answer}</pre>` : nothing}</li>`)}</ol>
          ${delivery.nextAttemptTime ? html`<p class="hint">${t('webhooks.next', { time: fullTime(delivery.nextAttemptTime) })}</p>` : nothing}
          <h3>${t('webhooks.body')}</h3>
          <pre dir="ltr" tabindex="0">${this.bodies.get(delivery.event) ?? '…'}</pre>
          <p class="actions"><button type="button" ?disabled=${this.busy} @click=${() => this.#act(() => post(`${delivery.name}:retry`), t('webhooks.retried'))}>${icon('refresh')}${t('webhooks.retry')}</button></p>
        </div>
      </details></li>`;
  }

  /** What is sent is the event as the API lists it: the one that comes after the id before. @param {string} event */
  async #readBody(event) {
    if (this.bodies.has(event)) return;
    const place = BigInt(`0x${event.slice(4)}`) - 1n;
    const after = `evt_${place.toString(16).padStart(24, '0')}`;
    const page = await get('events', { after, pageSize: 1 }).catch(() => ({ events: [] }));
    const found = page.events.find((one) => one.id === event);
    this.bodies.set(event, found ? JSON.stringify(found, null, 2) : t('webhooks.bodyGone'));
    this.requestUpdate();
  }

  async #test() {
    const result = await this.attempt(() => post(`${this.name}:test`));
    if (!result) return;
    openDialog({
      title: t(result.delivered ? 'webhooks.tested' : 'webhooks.testFailed'),
      body: (close) => html`
        <div class="fields">
          <p><span class="badge ${result.delivered ? 'good' : 'bad'}">${result.httpStatus ? `HTTP ${result.httpStatus}` : t('webhooks.noAnswer')}</span> ${latency(result.latencyMillis)}</p>
          ${result.answer ? html`<pre dir="ltr" tabindex="0">${result.answer}</pre>` : nothing}
          <footer><button type="button" class="primary" @click=${() => close()}>${t('action.done')}</button></footer>
        </div>`,
    });
  }

  async #replay() {
    const hours = await openDialog({
      title: t('webhooks.replay'),
      body: (close) => html`
        <form @submit=${(event) => { event.preventDefault(); close(Number(new FormData(event.target).get('hours'))); }}>
          <p>${t('webhooks.replayText')}</p>
          <label>${t('webhooks.replayFrom')}<select name="hours">${[1, 24, 168, 720].map((one) => html`<option value=${one}>${t('webhooks.last.' + one)}</option>`)}</select></label>
          <footer><button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button><button class="primary">${t('webhooks.replay')}</button></footer>
        </form>`,
    });
    if (!hours) return;
    const startTime = new Date(Date.now() - hours * 3_600_000).toISOString();
    this.#act(() => post(`${this.name}:replay`, { startTime }), (result) => t('webhooks.replayed', { count: result.events }));
  }

  async #rotate() {
    const isSure = await confirmed({ title: t('webhooks.rotate'), text: t('webhooks.rotateText'), action: t('webhooks.rotate'), danger: false });
    const rotated = isSure && (await this.attempt(() => post(`${this.name}:rotateSecret`)));
    if (rotated) openDialog({ title: t('webhooks.secret'), body: (close) => secretShown(rotated.secret, close) });
  }

  async #change() {
    const channels = await all('channels', 'channels').catch(() => []);
    let problem;
    const submit = async (event, close, redraw) => {
      event.preventDefault();
      try {
        close(await patch(this.name, endpointOf(event.target)));
      } catch (refused) {
        problem = refused;
        redraw();
      }
    };
    const changed = await openDialog({
      title: t('channels.change'),
      body: (close, redraw) => html`
        <form @submit=${(event) => submit(event, close, redraw)}>
          ${endpointFields(channels, this.endpoint, problem)} ${trouble(problem)}
          <footer><button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button><button class="primary">${t('action.save')}</button></footer>
        </form>`,
    });
    if (changed) this.#load();
  }

  async #delete() {
    const isSure = await confirmed({ title: t('webhooks.deleteTitle'), text: t('webhooks.deleteText'), action: t('action.delete') });
    if (!isSure) return;
    await this.#act(() => remove(this.name).then(() => ({})), t('channels.deleted'));
    router.to('webhooks');
  }
}
customElements.define('recado-endpoint', Endpoint);
