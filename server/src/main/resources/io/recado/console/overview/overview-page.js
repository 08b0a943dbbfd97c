import { html, nothing } from 'lit';
import { all, get, idOf } from '../core/api.js';
import { figure } from '../channels/channels-page.js';
import { trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { clockTime, latency, number, shortDate } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { link } from '../core/router.js';
import './chart.js';

const HOUR = 3_600_000;
const RANGES = { day: 24, week: 7 * 24, month: 31 * 24 };
const FRESH = 10_000;
const AFTER_EVENT = 2500;
const STEPS = { accepted: '--chart-2', delivered: '--chart-1', read: '--chart-5', failed: '--chart-4' };

/** How sending goes: what was counted, hour by hour. */
class OverviewPage extends Part {
  static properties = { statistics: { state: true }, channels: { state: true }, range: { state: true }, channel: { state: true } };

  constructor() {
    super();
    this.range = 'day';
    this.channel = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.every(FRESH, () => document.hidden || this.#load());
    this.listen(live, 'event', () => {
      this.soon ??= setTimeout(() => { this.soon = undefined; this.#load(); }, AFTER_EVENT);
    });
    this.#load();
  }

  async #load() {
    const startTime = new Date(Date.now() - RANGES[this.range] * HOUR + HOUR).toISOString();
    const asked = `${this.range} ${this.channel}`;
    this.asked = asked;
    try {
      const [statistics, channels] = await Promise.all([get('statistics', { startTime, channel: this.channel }), all('channels', 'channels')]);
      if (this.asked !== asked) return;
      this.statistics = statistics;
      this.channels = channels;
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
    }
    this.requestUpdate();
  }

  render() {
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.overview')}</h1><p>${t('overview.intro')}</p></div>
          <div class="actions">
            ${(this.channels?.length ?? 0) > 1 ? html`
              <select aria-label=${t('inbox.channel')} @change=${(event) => { this.channel = event.target.value; this.#load(); }}>
                <option value="">${t('overview.allChannels')}</option>
                ${this.channels.map((one) => html`<option value=${one.name}>${one.displayName ?? one.type}</option>`)}
              </select>` : nothing}
            <select aria-label=${t('overview.range')} @change=${(event) => { this.range = event.target.value; this.#load(); }}>
              ${Object.keys(RANGES).map((one) => html`<option value=${one} ?selected=${one === this.range}>${t('overview.' + one)}</option>`)}
            </select>
          </div>
        </div>
        ${trouble(this.problem)}
        ${this.statistics ? this.#content() : this.problem ? nothing : html`<span class="spinner"></span>`}
      </div>`;
  }

  #content() {
    const { total } = this.statistics;
    const { outbound, inbound } = total;
    const sum = outbound.accepted + outbound.failed + inbound.received;
    const queue = this.#queue();
    return html`
      <section class="card" aria-label=${t('overview.totals')}>
        <div class="figures">
          ${figure(number(outbound.accepted), t('overview.accepted'))}
          ${figure(number(outbound.sent), t('overview.sent'))}
          ${figure(number(outbound.delivered), t('overview.delivered'))}
          ${figure(number(outbound.read), t('overview.read'))}
          ${figure(number(outbound.failed), t('overview.failed'))}
          ${figure(number(inbound.received), t('overview.received'))}
        </div>
      </section>
      ${sum ? html`<div class="cards charts">${this.#charts()}</div>`
        : html`<div class="card empty">${icon('overview')}<h2>${t('overview.none')}</h2><p>${t('overview.noneHint')}</p></div>`}
      <div class="cards charts">
        <section class="card" aria-labelledby="failures-title"><header><h2 id="failures-title">${t('overview.failures')}</h2></header>${this.#failures(total)}</section>
        <section class="card" aria-labelledby="queue-title"><header><h2 id="queue-title">${t('channels.queue')}</h2></header>
          <div class="figures">${['waiting', 'scheduled', 'inFlight', 'inDoubt'].map((one) => figure(number(queue[one]), t('queue.' + one)))}</div>
          <ul class="bars">${this.#shownChannels().filter((one) => one.health.status !== 'OK').map((one) => html`
            <li><a href=${link('channels', idOf(one.name))}>${one.displayName ?? one.type}</a><span class="badge ${one.health.status}">${label('health', one.health.status)}</span></li>`)}</ul>
        </section>
      </div>`;
  }

  #charts() {
    const slots = this.#slots();
    const names = slots.map((slot) => slot.name);
    const steps = Object.entries(STEPS).map(([step, colour]) => ({ name: t('overview.' + step), colour, values: slots.map((slot) => slot.outbound[step]) }));
    const received = { name: t('overview.received'), colour: '--chart-3', values: slots.map((slot) => slot.received) };
    const spans = [['acceptedToSent', '--chart-2'], ['sentToDelivered', '--chart-1']];
    return html`
      <section class="card" aria-labelledby="messages-title"><header><h2 id="messages-title">${t('overview.messages')}</h2></header>
        <recado-chart kind="bar" .label=${t('overview.messages')} .names=${names} .series=${[...steps, received]}></recado-chart></section>
      <section class="card" aria-labelledby="latency-title"><header><h2 id="latency-title">${t('overview.latency')}</h2></header>
        <recado-chart kind="line" .label=${t('overview.latency')} .names=${names} .show=${latency}
          .series=${spans.map(([span, colour]) => ({ name: t('overview.' + span), colour, values: slots.map((slot) => slot.latency[span]) }))}></recado-chart></section>`;
  }

  /** Hours as they are; more than two days by day. */
  #slots() {
    const byDay = RANGES[this.range] > 48;
    const slots = new Map();
    const end = new Date(this.statistics.endTime).getTime();
    for (let time = new Date(this.statistics.startTime).getTime(); time < end; time += HOUR) {
      const name = byDay ? shortDate(new Date(time)) : clockTime(new Date(time));
      if (!slots.has(name)) slots.set(name, { name, outbound: { accepted: 0, sent: 0, delivered: 0, read: 0, failed: 0 }, received: 0, latency: {}, weight: {} });
    }
    for (const hour of this.statistics.hours) {
      const slot = slots.get(byDay ? shortDate(hour.startTime) : clockTime(hour.startTime));
      if (slot) add(slot, hour);
    }
    return [...slots.values()];
  }

  #failures(total) {
    if (!total.failures.length) return html`<p class="hint">${t('overview.noFailures')}</p>`;
    const most = total.failures[0].count;
    return html`<ul class="bars">${total.failures.slice(0, 8).map((one) => html`
      <li><span>${label('reason', one.reason)}</span><b>${number(one.count)}</b>
        <meter min="0" max=${most} value=${one.count} aria-label=${label('reason', one.reason)}></meter></li>`)}</ul>`;
  }

  #shownChannels() {
    return (this.channels ?? []).filter((one) => !this.channel || one.name === this.channel);
  }

  #queue() {
    const sum = { waiting: 0, scheduled: 0, inFlight: 0, inDoubt: 0 };
    for (const channel of this.#shownChannels()) for (const name of Object.keys(sum)) sum[name] += channel.queue[name] ?? 0;
    return sum;
  }
}
customElements.define('recado-overview', OverviewPage);

/** Adds an hour; a latency of several hours is their mean, each as often as it was measured. */
function add(slot, hour) {
  for (const step of Object.keys(slot.outbound)) slot.outbound[step] += hour.outbound[step];
  slot.received += hour.inbound.received;
  for (const [span, measured] of Object.entries(hour.latencies)) {
    const weight = (slot.weight[span] ?? 0) + measured.count;
    const before = slot.latency[span] ?? 0;
    slot.latency[span] = before + ((parseFloat(measured.p50) * 1000 - before) * measured.count) / weight;
    slot.weight[span] = weight;
  }
}
