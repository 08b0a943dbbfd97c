import { html, nothing } from 'lit';
import { all, get, idOf, patch, post, remove } from '../core/api.js';
import { confirmed, trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { ago, number } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { toast } from '../core/toast.js';
import { snippet } from './connect-web-chat.js';
import { copyable } from './copyable.js';

const FRESH = 5000;

/** The channels, and one of them with its health, its queue and what can be done. */
class ChannelsPage extends Part {
  static properties = { channels: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.listen(router, 'change', () => this.requestUpdate());
    this.listen(live, 'event', (event) => event.detail.type === 'channel.updated' && this.#load());
    // A queue moves without events of its own.
    this.every(FRESH, () => document.hidden || this.#load());
    this.#load();
  }

  async #load() {
    try {
      this.channels = await all('channels', 'channels');
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  async #connect() {
    const { connectChannel } = await import('./connect.js');
    const made = await connectChannel();
    await this.#load();
    if (made) router.to('channels', idOf(made.name));
  }

  async #act(work, done) {
    const result = await this.attempt(work);
    if (!this.problem) toast(typeof done === 'function' ? done(result) : done);
    const problem = this.problem;
    await this.#load();
    this.problem ??= problem;
    this.requestUpdate();
  }

  get isAdmin() {
    return session.can('ADMIN');
  }

  render() {
    const id = router.path[1];
    if (!this.channels) return html`<div class="page">${trouble(this.problem) || html`<span class="spinner"></span>`}</div>`;
    const one = id && this.channels.find((channel) => idOf(channel.name) === id);
    return one ? this.#one(one) : this.#list();
  }

  #list() {
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.channels')}</h1><p>${t('channels.intro')}</p></div>
          ${this.isAdmin && session.isUnconfined ? html`<button type="button" class="primary" @click=${() => this.#connect()}>${icon('plus')}${t('channels.connect')}</button>` : nothing}
        </div>
        ${trouble(this.problem)}
        ${this.channels.length ? html`<div class="cards">${this.channels.map((one) => card(one))}</div>` : html`
          <div class="card empty">${icon('channels')}<h2>${t('channels.none')}</h2><p>${t('channels.noneHint')}</p></div>`}
      </div>`;
  }

  #one(channel) {
    const name = channel.name;
    const act = (verb, done) => this.#act(() => post(`${name}:${verb}`), done);
    return html`
      <div class="page">
        <div>
          <a class="crumb" href=${link('channels')}>${icon('back')}${t('page.channels')}</a>
          <div class="page-head">
            <div>
              <h1>${channel.displayName ?? label('type', channel.type)}</h1>
              <p class="title-line">${label('type', channel.type)}${state(channel)}${health(channel)}</p>
            </div>
            ${this.isAdmin ? html`<div class="actions">
              <button type="button" ?disabled=${this.busy} @click=${() => act('check', (checked) => t('channels.checked', { health: label('health', checked.health.status) }))}>${icon('refresh')}${t('channels.check')}</button>
              ${channel.state === 'PAUSED'
                ? html`<button type="button" class="primary" ?disabled=${this.busy} @click=${() => act('resume', t('channels.resumed'))}>${icon('play')}${t('channels.resume')}</button>`
                : channel.state === 'ACTIVE' ? html`<button type="button" ?disabled=${this.busy} @click=${() => act('pause', t('channels.paused'))}>${icon('pause')}${t('channels.pause')}</button>` : nothing}
            </div>` : nothing}
          </div>
        </div>
        ${trouble(this.problem)}
        ${channel.health.problems.length ? html`<div class="problems">${channel.health.problems.map((one) => html`
          <div class="failure"><h2>${icon('error')} ${one.message}</h2>
            ${one.remedy ? html`<p><strong>${t('timeline.remedy')}</strong> ${one.remedy}</p>` : nothing}
            <p class="hint"><code>${one.reason}</code> · ${t('channels.since', { time: ago(one.sinceTime) })}
              ${one.waitingMessages ? html` · ${t('channels.waitingMessages', { count: one.waitingMessages })}` : nothing}</p></div>`)}</div>` : nothing}
        <section class="card" aria-labelledby="queue-title">
          <header><h2 id="queue-title">${t('channels.queue')}</h2></header>
          <div class="figures">
            ${['waiting', 'scheduled', 'inFlight', 'inDoubt'].map((one) => figure(number(channel.queue[one] ?? 0), t('queue.' + one)))}
            ${figure(channel.queue.oldestTime ? ago(channel.queue.oldestTime) : '–', t('queue.oldest'))}
          </div>
        </section>
        ${channel.whatsapp ? this.#whatsapp(channel) : nothing}
        ${channel.webchat ? this.#webChat(channel) : nothing}
        ${this.isAdmin ? html`
          <section class="card" aria-labelledby="end-title">
            <header><h2 id="end-title">${t('channels.end')}</h2></header>
            <p class="hint">${t('channels.endHint')}</p>
            <div class="actions">
              ${channel.state === 'DISABLED'
                ? html`<button type="button" @click=${() => this.#act(() => patch(name, { state: 'ACTIVE' }), t('channels.enabled'))}>${t('channels.enable')}</button>`
                : html`<button type="button" @click=${() => this.#disable(channel)}>${t('channels.disable')}</button>`}
              <button type="button" class="danger" @click=${() => this.#delete(channel)}>${icon('trash')}${t('channels.delete')}</button>
            </div>
          </section>` : nothing}
      </div>`;
  }

  #whatsapp(channel) {
    const { whatsapp } = channel;
    return html`
      <section class="card" aria-labelledby="account-title">
        <header><h2 id="account-title">${t('channels.account')}</h2>
          ${this.isAdmin ? html`<button type="button" @click=${() => this.#settings(channel)}>${t('channels.change')}</button>` : nothing}</header>
        <dl class="facts">
          <dt>${t('whatsapp.phoneNumberId')}</dt><dd><code>${whatsapp.phoneNumberId}</code></dd>
          ${whatsapp.businessAccountId ? html`<dt>${t('whatsapp.businessAccountId')}</dt><dd><code>${whatsapp.businessAccountId}</code></dd>` : nothing}
          <dt>${t('whatsapp.accessToken')}</dt><dd><code>${whatsapp.accessTokenHint ?? t('whatsapp.set')}</code></dd>
          <dt>${t('whatsapp.appSecret')}</dt><dd><code>${whatsapp.appSecretHint ?? t('whatsapp.set')}</code></dd>
          <dt>${t('channels.budget')}</dt><dd>${whatsapp.messagesPerSecond ? t('channels.perSecond', { count: whatsapp.messagesPerSecond }) : t('channels.noLimit')}</dd>
          <dt>${t('channels.recipientLimit')}</dt><dd>${whatsapp.recipientLimit
            ? t('channels.recipientLimitText', { burst: whatsapp.recipientLimit.burst, interval: whatsapp.recipientLimit.interval.replace('s', ' s') }) : t('channels.noLimit')}</dd>
          ${channel.defaultLanguage ? html`<dt>${t('channels.defaultLanguage')}</dt><dd>${channel.defaultLanguage}</dd>` : nothing}
        </dl>
        ${copyable(t('channels.inboundUrl'), channel.inboundUrl)}
      </section>`;
  }

  #webChat(channel) {
    const { webchat } = channel;
    return html`
      <section class="card" aria-labelledby="account-title">
        <header><h2 id="account-title">${t('webchat.settings')}</h2>
          ${this.isAdmin ? html`<button type="button" @click=${() => this.#settings(channel)}>${t('channels.change')}</button>` : nothing}</header>
        <dl class="facts">
          <dt>${t('webchat.allowedOrigins')}</dt><dd>${webchat.allowedOrigins.length ? webchat.allowedOrigins.map((one) => html`<code>${one}</code> `) : t('webchat.noOrigins')}</dd>
          <dt>${t('webchat.identitySecret')}</dt><dd>${webchat.identitySecretHint ? html`<code>${webchat.identitySecretHint}</code>` : t('webchat.noSecret')}</dd>
          <dt>${t('channels.budget')}</dt><dd>${webchat.messagesPerSecond ? t('channels.perSecond', { count: webchat.messagesPerSecond }) : t('channels.noLimit')}</dd>
        </dl>
        ${snippet(channel)}
      </section>`;
  }

  async #settings(channel) {
    const { changeChannel } = await import('./change.js');
    if (await changeChannel(channel)) {
      toast(t('channels.changed'));
      this.#load();
    }
  }

  async #disable(channel) {
    const isSure = await confirmed({ title: t('channels.disable'), text: t('channels.disableText'), action: t('channels.disable') });
    if (isSure) this.#act(() => patch(channel.name, { state: 'DISABLED' }), t('channels.disabled'));
  }

  async #delete(channel) {
    const isSure = await confirmed({
      title: t('channels.deleteTitle', { name: channel.displayName ?? channel.type }),
      text: t('channels.deleteText'),
      action: t('channels.delete'),
    });
    if (!isSure) return;
    await this.#act(() => remove(channel.name), t('channels.deleted'));
    if (!this.problem) router.to('channels');
  }
}
customElements.define('recado-channels', ChannelsPage);

export const state = (channel) => html`<span class="badge ${channel.state}">${label('state', channel.state)}</span>`;
export const health = (channel) => html`<span class="badge ${channel.health.status}">${label('health', channel.health.status)}</span>`;
export const figure = (value, name) => html`<div class="figure"><b>${value}</b><span>${name}</span></div>`;

function card(channel) {
  const problem = channel.health.problems[0];
  return html`
    <a class="card" href=${link('channels', idOf(channel.name))}>
      <header><h2>${channel.displayName ?? label('type', channel.type)}</h2><span class="title-line">${state(channel)}${health(channel)}</span></header>
      <p class="hint">${label('type', channel.type)}${channel.whatsapp ? html` · <code>${channel.whatsapp.phoneNumberId}</code>` : nothing}</p>
      ${problem ? html`<p class="notice problem">${icon('error')}<span>${problem.message}</span></p>` : nothing}
      <div class="figures">
        ${figure(number(channel.queue.waiting), t('queue.waiting'))}
        ${figure(number(channel.queue.inFlight), t('queue.inFlight'))}
        ${figure(number(channel.queue.inDoubt), t('queue.inDoubt'))}
      </div>
    </a>`;
}
