import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get, idOf, parentOf, post } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { Part, tell } from '../core/element.js';
import { dayName } from '../core/format.js';
import { t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { link } from '../core/router.js';
import { session } from '../core/session.js';
import { bubble } from './bubble.js';
import './composer.js';

const PAGE = 40;
const NEAR = 80;
const ORDER = ['SENDING', 'SENT', 'DELIVERED', 'READ'];

/** The messages with one person, oldest first, followed as they come. */
class Thread extends Part {
  static properties = {
    conversation: { attribute: false },
    channel: { attribute: false },
    templates: { attribute: false },
    chosen: {},
    messages: { state: true },
    pending: { state: true },
  };

  constructor() {
    super();
    /** @type {any[]} newest first, as the API lists them */
    this.messages = [];
    /** @type {any[]} on their way to the server */
    this.pending = [];
    this.nextPage = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(live, 'event', (event) => this.#happened(event.detail));
    this.listen(live, 'resync', () => this.#load());
    this.listen(document, 'visibilitychange', () => this.#seen());
    // The keyboard of a phone, or a window made smaller, must not cover what was said last.
    this.sizes = new ResizeObserver(([{ target }]) => {
      if (this.isAtEnd) toEnd(target);
      this.size = sizeOf(target);
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  willUpdate(changed) {
    const before = changed.get('conversation');
    if (changed.has('conversation') && before?.name !== this.conversation?.name) {
      this.messages = [];
      this.pending = [];
      this.problem = undefined;
      this.isFirst = true;
      this.#load();
    }
    const box = this.querySelector('.messages');
    if (box) {
      this.wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      this.heightBefore = box.scrollHeight;
    }
  }

  updated(changed) {
    const box = this.querySelector('.messages');
    if (!box) return;
    this.sizes.observe(box);
    if (this.messages.length && (this.isFirst || this.wasAtEnd) && (changed.has('messages') || changed.has('pending'))) {
      toEnd(box);
      this.isAtEnd = true;
      this.isFirst = this.messages.length === 0;
    } else if (this.isPrepending) {
      box.scrollTop += box.scrollHeight - this.heightBefore;
      this.isPrepending = false;
    }
    this.size = sizeOf(box);
  }

  async #load() {
    const name = this.conversation.name;
    this.isLoading = true;
    await live.ready;
    try {
      const page = await get(`${name}/messages`, { pageSize: PAGE });
      if (this.conversation?.name !== name) return;
      this.messages = page.messages;
      this.nextPage = page.nextPageToken;
      this.problem = undefined;
      this.#seen();
    } catch (problem) {
      this.problem = problem;
    }
    this.isLoading = false;
    this.requestUpdate();
  }

  async #older() {
    if (!this.nextPage || this.isLoading) return;
    this.isLoading = true;
    const name = this.conversation.name;
    const page = await get(`${name}/messages`, { pageSize: PAGE, pageToken: this.nextPage }).catch(() => undefined);
    this.isLoading = false;
    if (!page || this.conversation?.name !== name) return;
    this.isPrepending = true;
    this.messages = [...this.messages, ...page.messages];
    this.nextPage = page.nextPageToken;
  }

  /** @param {any} event */
  #happened(event) {
    const message = event.data?.message;
    if (!message || parentOf(message.name) !== this.conversation?.name) return;
    this.#take(message);
    if (event.type === 'message.received') this.#seen();
  }

  /** A message as it is now; an older picture of it changes nothing. @param {any} message */
  #take(message) {
    const index = this.messages.findIndex((one) => one.name === message.name);
    if (index < 0) {
      this.messages = [message, ...this.messages];
    } else if (isNewer(message, this.messages[index])) {
      this.messages = this.messages.with(index, message);
    }
  }

  /** Whoever looks at it has read it. */
  async #seen() {
    if (document.hidden || !session.can('SENDER') || !this.conversation) return;
    const name = this.conversation.name;
    const fresh = await get(name).catch(() => undefined);
    if (!fresh || this.conversation?.name !== name) return;
    tell(this, 'conversation', fresh);
    if (fresh.unreadCount > 0) {
      const read = await post(`${name}:markRead`).catch(() => undefined);
      if (read?.name) tell(this, 'conversation', read);
    }
  }

  #sending({ key, text }) {
    const message = { key, contentType: 'TEXT', text, direction: 'OUTBOUND', status: 'SENDING', createTime: new Date().toISOString() };
    this.pending = [...this.pending, message];
    this.wasAtEnd = true;
  }

  #settled(key, message) {
    this.pending = this.pending.filter((one) => one.key !== key);
    if (message) this.#take(message);
  }

  render() {
    const all = [...this.messages].reverse();
    const context = {
      templates: this.templates,
      href: (message) => link('inbox', idOf(this.channel.name), idOf(this.conversation.name), idOf(message.name)),
    };
    return html`
      <div class="messages" tabindex="0" role="region" aria-label=${t('thread.label')} @scroll=${(event) => this.#scrolled(event)}>
        ${this.isLoading && all.length ? html`<div class="more"><span class="spinner"></span></div>` : nothing}
        ${trouble(this.problem)}
        ${all.length === 0 && !this.pending.length && !this.isLoading && !this.problem
          ? html`<div class="empty"><h2>${t('thread.empty')}</h2><p>${t('thread.emptyHint')}</p></div>`
          : html`<ol>
              ${repeat([...all, ...this.pending], (one) => one.name ?? one.key, (one, index) => html`
                ${day(one, index ? (index <= all.length ? all[index - 1] : undefined) : undefined, index)}
                ${bubble(one, { ...context, isChosen: !!one.name && idOf(one.name) === this.chosen })}`)}
            </ol>`}
      </div>
      <recado-composer .conversation=${this.conversation} .channel=${this.channel}
        @sending=${(event) => this.#sending(event.detail)}
        @sent=${(event) => this.#settled(event.detail.key, event.detail.message)}
        @not-sent=${(event) => this.#settled(event.detail.key)}></recado-composer>`;
  }

  #scrolled(event) {
    const box = event.target;
    const before = this.size;
    this.size = sizeOf(box);
    // Moved by a new layout and not by hand, and perhaps before its new size is told.
    if (this.isAtEnd && this.size !== before) {
      toEnd(box);
      return;
    }
    this.isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (box.scrollTop < NEAR) this.#older();
  }
}
customElements.define('recado-thread', Thread);

/** @param {Element} box */
const sizeOf = (box) => `${box.clientWidth} ${box.clientHeight} ${box.scrollHeight}`;

/** @param {Element} box */
function toEnd(box) {
  box.scrollTop = box.scrollHeight;
}

/** Whether a picture of a message is not older than another. Events may come before the answer that made them. */
function isNewer(message, known) {
  if (message.updateTime && known.updateTime && message.updateTime !== known.updateTime) {
    return message.updateTime > known.updateTime;
  }
  return ORDER.indexOf(message.status) >= ORDER.indexOf(known.status) || message.status === 'FAILED';
}

/** A line above the first message of a day. */
function day(message, before, index) {
  const name = dayName(message.createTime);
  if (index > 0 && (!before || dayName(before.createTime) === name)) return nothing;
  return html`<li class="day"><span>${name}</span></li>`;
}
