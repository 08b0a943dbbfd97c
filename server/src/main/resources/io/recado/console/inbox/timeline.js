import { html, nothing } from 'lit';
import { get, idOf, parentOf, post, remove } from '../core/api.js';
import { confirmed, trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { exactTime, fullTime, latency, nameOf, shortDate, withLocalTimes } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { toast } from '../core/toast.js';
import { contentOf } from './bubble.js';

const AFTER_EVENT = 120;
const WHILE_WAITING = 3000;

const SIGNS = {
  ACCEPTED: 'check', WAITING: 'clock', ATTEMPT: 'send', STATUS: 'check', RECEIPT: 'ticks', WEBHOOK: 'webhooks',
  DELIVERY: 'webhooks', FAILED: 'error',
};

/** Everything that is known of one message on one screen, and what can be done about it. */
class Timeline extends Part {
  static properties = {
    name: {},
    conversation: { attribute: false },
    templates: { attribute: false },
    message: { state: true },
    steps: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.listen(live, 'event', (event) => {
      if (event.detail.data?.message?.name === this.name) this.#soon();
    });
    // Attempts, waits and deliveries are no events of their own.
    this.every(WHILE_WAITING, () => document.hidden || this.#load());
  }

  willUpdate(changed) {
    if (changed.has('name')) {
      this.message = undefined;
      this.steps = undefined;
      this.#load();
    }
  }

  #soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#load(), AFTER_EVENT);
  }

  async #load() {
    const name = this.name;
    try {
      const [message, timeline] = await Promise.all([get(name), get(`${name}/timeline`)]);
      if (this.name !== name) return;
      this.message = message;
      this.steps = timeline.steps;
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
      this.requestUpdate();
    }
  }

  updated(changed) {
    if (changed.has('message') && this.message && changed.get('message') === undefined) {
      this.querySelector('h2')?.focus();
    }
  }

  async #act(question, work, done) {
    if (question && !(await confirmed(question))) return;
    const result = await this.attempt(work);
    if (this.problem) return;
    toast(done);
    if (result?.name && result.name !== this.name) {
      router.to('inbox', router.path[1], idOf(parentOf(result.name)), idOf(result.name));
    } else {
      this.#load();
    }
  }

  render() {
    return html`
      <aside class="timeline" aria-labelledby="timeline-title">
        <header>
          <h2 id="timeline-title" tabindex="-1">${t('timeline.title')}</h2>
          <a class="button quiet icon-only" href=${link('inbox', router.path[1], idOf(this.conversation.name))} aria-label=${t('action.close')}>${icon('close')}</a>
        </header>
        <div class="body">
          ${trouble(this.problem)}
          ${this.message ? this.#content() : this.problem ? nothing : html`<div class="empty" aria-busy="true"><span class="spinner"></span></div>`}
        </div>
      </aside>`;
  }

  #content() {
    const message = this.message;
    return html`
      <div class="request">
        <p class="request-line">
          <span class="badge status ${message.status}">${t('status.' + message.status)}</span>
          <span>${t(message.direction === 'INBOUND' ? 'timeline.from' : 'timeline.to', { name: nameOf(this.conversation.contact) })}</span>
        </p>
        <blockquote>${contentOf(message, { templates: this.templates })}</blockquote>
      </div>
      ${message.error ? this.#error(message.error) : nothing}
      ${session.can('SENDER') ? this.#actions() : nothing}
      <h3>${t('timeline.steps')}</h3>
      <ol class="steps">${(this.steps ?? []).map((step, index) => this.#step(step, this.steps[index - 1]))}</ol>
      <h3>${t('timeline.facts')}</h3>
      <dl class="facts">
        <dt>${t('timeline.created')}</dt><dd><time datetime=${message.createTime}>${fullTime(message.createTime)}</time></dd>
        ${message.sendTime ? html`<dt>${t('timeline.scheduled')}</dt><dd>${fullTime(message.sendTime)}</dd>` : nothing}
        ${message.priority ? html`<dt>${t('timeline.priority')}</dt><dd>${message.priority}</dd>` : nothing}
        ${message.resendOf ? html`<dt>${t('timeline.resendOf')}</dt><dd><a href=${link('inbox', router.path[1], router.path[2], idOf(message.resendOf))}><code>${idOf(message.resendOf)}</code></a></dd>` : nothing}
        ${Object.entries(message.metadata ?? {}).map(([key, value]) => html`<dt>${key}</dt><dd>${value}</dd>`)}
        <dt>${t('timeline.name')}</dt><dd><code class="long">${message.name}</code></dd>
      </dl>`;
  }

  #error(error) {
    return html`
      <section class="failure" aria-labelledby="failure-title">
        <h3 id="failure-title">${icon('error')}${error.message}</h3>
        ${error.remedy ? html`<p><strong>${t('timeline.remedy')}</strong> ${error.remedy}</p>` : nothing}
        <p class="hint"><code>${error.reason}</code>
          ${error.providerCode ? html` · ${t('timeline.provider')} <code>${error.providerCode}</code>` : nothing}
          ${error.providerMessage ? html` · ${error.providerMessage}` : nothing}</p>
      </section>`;
  }

  #actions() {
    const { status, direction, error } = this.message;
    if (direction === 'INBOUND') return nothing;
    const waits = status === 'SENDING';
    const failed = status === 'FAILED';
    if (!waits && !failed) return nothing;
    return html`<div class="actions">
      ${failed || waits ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#act(
        { title: t('timeline.resend'), text: t(failed && error?.retryable === false ? 'timeline.resendUseless' : waits ? 'timeline.resendDoubt' : 'timeline.resendText'), action: t('timeline.resend'), danger: false },
        () => post(`${this.name}:resend`), t('timeline.resent'))}>${icon('refresh')}${t('timeline.resend')}</button>` : nothing}
      ${waits ? html`
        <button type="button" ?disabled=${this.busy} @click=${() => this.#act(
          { title: t('timeline.cancel'), text: t('timeline.cancelText'), action: t('timeline.cancel') },
          () => remove(this.name), t('timeline.cancelled'))}>${icon('close')}${t('timeline.cancel')}</button>
        <button type="button" ?disabled=${this.busy} @click=${() => this.#act(
          { title: t('timeline.giveUp'), text: t('timeline.giveUpText'), action: t('timeline.giveUp') },
          () => post(`${this.name}:giveUp`), t('timeline.gaveUp'))}>${icon('trash')}${t('timeline.giveUp')}</button>` : nothing}
    </div>`;
  }

  #step(step, before) {
    const isBad = step.status === 'FAILED' || ['REFUSED', 'THROTTLED', 'RETRY_LATER', 'CHANNEL_BROKEN', 'IN_DOUBT', 'FAILED'].includes(step.outcome);
    const isNewDay = !before || shortDate(before.time) !== shortDate(step.time);
    return html`
      <li class="step ${step.kind} ${isBad ? 'bad' : ''}">
        <span class="dot">${icon(isBad ? 'error' : SIGNS[step.kind] ?? 'info')}</span>
        <div>
          <p class="when"><span class="kind">${label('step', step.kind)}</span>
            <time datetime=${step.time} title=${fullTime(step.time)}>${isNewDay ? `${shortDate(step.time)}, ` : ''}${exactTime(step.time)}</time></p>
          <p>${withLocalTimes(step.text)}</p>
          ${details(step)}
          ${step.webhookEndpoint && session.can('ADMIN') ? html`<p class="hint"><a href=${link('webhooks', idOf(step.webhookEndpoint))}>${t('timeline.deliveries')}</a></p>` : nothing}
        </div>
      </li>`;
  }
}
customElements.define('recado-timeline', Timeline);

/** What a step holds beyond its sentence. @param {any} step */
function details(step) {
  const parts = [
    step.providerStatus && `HTTP ${step.providerStatus}`,
    step.httpStatus && `HTTP ${step.httpStatus}`,
    step.providerCode && t('timeline.code', { code: step.providerCode }),
    step.latencyMillis !== undefined && latency(step.latencyMillis),
    step.providerTime && t('timeline.providerTime', { time: exactTime(step.providerTime) }),
    step.providerMessage,
  ].filter(Boolean);
  return parts.length ? html`<p class="hint">${parts.join(' · ')}</p>` : nothing;
}
