import { html, nothing } from 'lit';
import { live as liveValue } from 'lit/directives/live.js';
import { get, idOf, parentOf } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { Part, tell } from '../core/element.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { router } from '../core/router.js';
import { session } from '../core/session.js';
import '../core/virtual-list.js';
import { conversationRow } from './conversation-row.js';

const PAGE = 50;
const SEARCH_PAUSE = 250;
const REFRESH_PAUSE = 1000;
const FILTERS = {
  all: undefined,
  unread: 'unread = true',
  open: 'state = "OPEN"',
  closed: 'state = "CLOSED"',
};

/** The conversations of a channel, latest activity first, kept up to date by events. */
class ConversationList extends Part {
  static properties = {
    channel: {},
    chosen: {},
    templates: { attribute: false },
    items: { state: true },
    filter: { state: true },
    query: { state: true },
  };

  constructor() {
    super();
    /** @type {any[]} */
    this.items = [];
    this.filter = 'all';
    this.query = '';
    this.templates = new Map();
    this.nextPage = null;
    this.isLoading = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(live, 'event', (event) => this.#happened(event.detail));
    this.listen(live, 'resync', () => this.#load());
    this.listen(window, 'keydown', (event) => this.#keys(event));
  }

  willUpdate(changed) {
    if (changed.has('channel') && this.channel) {
      this.items = [];
      this.#load();
    }
  }

  async #load() {
    this.request?.abort();
    const request = (this.request = new AbortController());
    this.isLoading = true;
    this.requestUpdate();
    await live.ready;
    try {
      const page = await this.#page(undefined, request.signal);
      this.items = page.conversations;
      this.nextPage = page.nextPageToken;
      this.problem = undefined;
    } catch (problem) {
      if (request.signal.aborted) return;
      this.problem = problem;
    }
    this.isLoading = false;
    this.requestUpdate();
  }

  async #more() {
    if (!this.nextPage || this.isLoading) return;
    this.isLoading = true;
    const request = this.request;
    try {
      const page = await this.#page(this.nextPage, request.signal);
      const known = new Set(this.items.map((one) => one.name));
      this.items = [...this.items, ...page.conversations.filter((one) => !known.has(one.name))];
      this.nextPage = page.nextPageToken;
    } catch (problem) {
      if (request.signal.aborted) return;
      this.problem = problem;
      this.nextPage = null;
    }
    this.isLoading = false;
    this.requestUpdate();
  }

  #page(pageToken, signal) {
    const labelled = /^#(\S+)$/.exec(this.query.trim());
    const filter = labelled ? `labels : ${JSON.stringify(labelled[1])}` : FILTERS[this.filter];
    const query = labelled ? undefined : this.query.trim();
    return get(`channels/${this.channel}/conversations`, { pageSize: PAGE, pageToken, filter, query }, signal);
  }

  /** @param {any} event */
  #happened(event) {
    const { message, conversation } = event.data ?? {};
    if (message) {
      const name = parentOf(message.name);
      if (!name.startsWith(`channels/${this.channel}/`)) return;
      const index = this.items.findIndex((one) => one.name === name);
      if (index < 0) {
        if (event.type === 'message.created' || event.type === 'message.received') this.#refreshSoon();
      } else {
        this.#apply(index, event.type, message);
      }
    } else if (conversation?.name?.startsWith(`channels/${this.channel}/`)) {
      const index = this.items.findIndex((one) => one.name === conversation.name);
      if (index < 0) this.#refreshSoon();
      else this.#replace(index, { ...this.items[index], ...conversation });
    }
  }

  #apply(index, type, message) {
    const before = this.items[index];
    const isNew = type === 'message.created' || type === 'message.received';
    const isLast = before.lastMessage?.name === message.name;
    if (!isNew && !isLast) return;
    const after = { ...before, lastMessage: message };
    if (isNew && !isLast) {
      after.updateTime = message.createTime;
      if (message.direction === 'INBOUND') {
        after.unreadCount = (before.unreadCount ?? 0) + 1;
        this.#renew(before.name);
      }
      this.items = [after, ...this.items.filter((one) => one !== before)];
    } else {
      this.#replace(index, after);
    }
  }

  #replace(index, conversation) {
    this.items = this.items.with(index, conversation);
  }

  /** Takes over what another part knows better. @param {any} conversation */
  takeOver(conversation) {
    const index = this.items.findIndex((one) => one.name === conversation.name);
    if (index >= 0) this.#replace(index, conversation);
    else this.#refreshSoon();
  }

  /** Reads one conversation again: its window and its count are the server's. @param {string} name */
  async #renew(name) {
    const fresh = await get(name).catch(() => undefined);
    const index = this.items.findIndex((one) => one.name === name);
    if (fresh && index >= 0) this.#replace(index, fresh);
  }

  /** Under load many events come; what is not listed yet is read once a second at most. */
  #refreshSoon() {
    this.refreshing ??= setTimeout(async () => {
      this.refreshing = undefined;
      const page = await this.#page(undefined, this.request?.signal).catch(() => undefined);
      if (!page) return;
      const fresh = new Set(page.conversations.map((one) => one.name));
      this.items = [...page.conversations, ...this.items.filter((one) => !fresh.has(one.name))];
      if (!this.nextPage) this.nextPage = page.nextPageToken;
    }, REFRESH_PAUSE);
  }

  #search(text) {
    this.query = text;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.#load(), SEARCH_PAUSE);
  }

  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
    if (event.key === '/') {
      event.preventDefault();
      this.querySelector('input[type=search]')?.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.target.closest('recado-virtual-list, .messages')) {
      const index = this.items.findIndex((one) => idOf(one.name) === this.chosen);
      event.preventDefault();
      this.querySelector('recado-virtual-list')?.focusRow(Math.max(0, index));
    } else if (event.key === 'n' && session.can('SENDER')) {
      event.preventDefault();
      tell(this, 'new-conversation');
    }
  }

  #searchKeys(event) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector('recado-virtual-list')?.focusRow(0);
    } else if (event.key === 'Escape' && this.query) {
      event.preventDefault();
      this.#search('');
    }
  }

  render() {
    const at = Math.max(0, this.items.findIndex((one) => idOf(one.name) === this.chosen));
    const context = { channel: this.channel, templates: this.templates };
    return html`
      <div class="list-head">
        <div class="search">
          ${icon('search')}
          <input type="search" aria-label=${t('inbox.search')} placeholder=${t('inbox.searchHint')} .value=${liveValue(this.query)}
            @input=${(event) => this.#search(event.target.value)} @keydown=${(event) => this.#searchKeys(event)}>
        </div>
        ${session.can('SENDER')
          ? html`<button type="button" class="icon-only" aria-label=${t('inbox.new')} title=${t('inbox.new')} @click=${() => tell(this, 'new-conversation')}>${icon('plus')}</button>`
          : nothing}
      </div>
      <div class="filters" role="group" aria-label=${t('inbox.filter')}>
        ${Object.keys(FILTERS).map((name) => html`
          <button type="button" class="chip" aria-pressed=${this.filter === name}
            @click=${() => { this.filter = name; this.#load(); }}>${t('filter.' + name)}</button>`)}
      </div>
      ${trouble(this.problem)}
      ${this.items.length === 0 && !this.problem ? this.#nothing() : html`
        <recado-virtual-list .items=${this.items} row-height="76" .rowHeight=${76} label=${t('inbox.conversations')}
          @near-end=${() => this.#more()}
          .row=${(one, index) => conversationRow(one, { ...context, isChosen: idOf(one.name) === this.chosen, at: index === at })}>
        </recado-virtual-list>`}`;
  }

  #nothing() {
    if (this.isLoading) return html`<div class="empty" aria-busy="true"><span class="spinner"></span></div>`;
    if (this.query || this.filter !== 'all') {
      return html`<div class="empty"><h2>${t('inbox.noMatch')}</h2><p>${t('inbox.noMatchHint')}</p>
        <button type="button" @click=${() => { this.filter = 'all'; this.#search(''); }}>${t('inbox.showAll')}</button></div>`;
    }
    return html`<div class="empty">${icon('inbox')}<h2>${t('inbox.empty')}</h2><p>${t('inbox.emptyHint')}</p>
      ${session.can('SENDER') ? html`<button type="button" class="primary" @click=${() => tell(this, 'new-conversation')}>${t('inbox.new')}</button>` : nothing}</div>`;
  }
}
customElements.define('recado-conversation-list', ConversationList);
