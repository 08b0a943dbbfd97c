import { html, nothing } from 'lit';
import { all, get, idOf, patch } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { nameOf, phone } from '../core/format.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { live } from '../core/live.js';
import { read, write } from '../core/preferences.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { complain, toast } from '../core/toast.js';
import './conversation-list.js';
import { avatar } from './conversation-row.js';
import './thread.js';

/** Of how many channels is asked what happened last. */
const MOST_ASKED = 20;

/** Conversations on the left, one of them in the middle, what happened to a message on the right. */
class InboxPage extends Part {
  static properties = { channels: { state: true }, templates: { state: true }, conversation: { state: true } };

  constructor() {
    super();
    /** @type {any[] | undefined} */
    this.channels = undefined;
    /** @type {Map<string, any>} by name and language */
    this.templates = new Map();
    this.conversation = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(router, 'change', () => this.#go());
    this.listen(live, 'event', (event) => this.#happened(event.detail));
    this.listen(window, 'keydown', (event) => this.#keys(event));
    this.#begin();
  }

  async #begin() {
    await this.attempt(async () => {
      this.channels = await all('channels', 'channels');
    });
    this.#go();
  }

  get channel() {
    return this.channels?.find((one) => idOf(one.name) === router.path[1]);
  }

  async #go() {
    if (router.path[0] !== 'inbox' || !this.channels?.length) return;
    const [, channel, conversation] = router.path;
    if (!this.channel) {
      const usual = await this.#usualChannel();
      if (router.path[0] === 'inbox' && !this.channel) router.replace('inbox', idOf(usual.name));
      return;
    }
    write('channel', channel);
    if (this.templatesOf !== channel) this.#readTemplates(channel);
    if (!conversation) {
      this.conversation = undefined;
    } else if (!this.conversation || idOf(this.conversation.name) !== conversation) {
      await this.attempt(async () => {
        const known = this.querySelector('recado-conversation-list')?.items.find((one) => idOf(one.name) === conversation);
        this.conversation = known ?? (await get(`channels/${channel}/conversations/${conversation}`));
      });
    }
    if (router.path[3]) import('./timeline.js').then(() => this.requestUpdate());
    this.requestUpdate();
  }

  /** The channel that was looked at last; whoever looked at none yet sees the one where something happened last. */
  async #usualChannel() {
    const last = this.channels.find((one) => idOf(one.name) === read('channel'));
    if (last || this.channels.length === 1) return last ?? this.channels[0];
    const newest = await Promise.all(this.channels.slice(0, MOST_ASKED).map(async (channel) => {
      const page = await get(`${channel.name}/conversations`, { pageSize: 1 }).catch(() => undefined);
      return { channel, time: Date.parse(page?.conversations[0]?.updateTime) || 0 };
    }));
    return newest.reduce((best, one) => (one.time > best.time ? one : best)).channel;
  }

  async #readTemplates(channel) {
    this.templatesOf = channel;
    const list = await all(`channels/${channel}/templates`, 'templates').catch(() => []);
    this.templates = new Map(list.map((one) => [`${one.name} ${one.language}`, one]));
  }

  #happened(event) {
    const { channel, conversation, template } = event.data ?? {};
    if (channel) this.channels = this.channels?.map((one) => (one.name === channel.name ? { ...one, ...channel } : one));
    if (template) this.#readTemplates(router.path[1]);
    if (conversation && conversation.name === this.conversation?.name) {
      this.conversation = { ...this.conversation, ...conversation };
    }
  }

  /** @param {any} conversation as the server has it now */
  #renewed(conversation) {
    if (conversation.name === this.conversation?.name) this.conversation = conversation;
    /** @type {any} */ (this.querySelector('recado-conversation-list'))?.takeOver(conversation);
  }

  #keys(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('input, textarea, select, dialog, [popover]')) return;
    const path = router.path;
    if (path.length > 2) router.to(...path.slice(0, -1));
  }

  async #newConversation() {
    const { newConversation } = await import('./new-conversation.js');
    const made = await newConversation(this.channel);
    if (made) router.to('inbox', router.path[1], idOf(made.name));
  }

  async #chooseTemplate() {
    const { pickTemplate } = await import('./template-picker.js');
    const sent = await pickTemplate(this.conversation, [...this.templates.values()]);
    if (sent) toast(t('picker.sent'));
  }

  async #change(fields) {
    try {
      this.#renewed(await patch(this.conversation.name, fields));
    } catch (problem) {
      complain(problem);
    }
  }

  async #labels() {
    const { editLabels } = await import('./labels.js');
    const labels = await editLabels(this.conversation.labels ?? []);
    if (labels) this.#change({ labels });
  }

  render() {
    if (!this.channels) return html`<div class="page">${trouble(this.problem)}</div>`;
    if (!this.channels.length) return this.#noChannel();
    const [, channel, conversation, message] = router.path;
    return html`
      <h1 class="unseen">${t('page.inbox')}</h1>
      <div class="inbox ${conversation ? 'with-thread' : ''} ${message ? 'with-timeline' : ''}"
        @new-conversation=${() => this.#newConversation()} @choose-template=${() => this.#chooseTemplate()}
        @conversation=${(event) => this.#renewed(event.detail)}>
        <section class="list" aria-label=${t('inbox.conversations')}>
          ${this.channels.length > 1 ? this.#channelChoice() : nothing}
          <recado-conversation-list .channel=${channel} .chosen=${conversation} .templates=${this.templates}></recado-conversation-list>
        </section>
        <section class="thread" aria-label=${t('thread.one')}>
          ${this.conversation && conversation ? html`
            ${this.#head()}
            <recado-thread .conversation=${this.conversation} .channel=${this.channel} .templates=${this.templates} .chosen=${message}></recado-thread>`
          : html`<div class="empty">${trouble(this.problem)}${icon('inbox')}<h2>${t('thread.none')}</h2><p>${t('thread.noneHint')}</p></div>`}
        </section>
        ${message && this.conversation ? html`
          <recado-timeline .name=${`${this.conversation.name}/messages/${message}`} .conversation=${this.conversation} .templates=${this.templates}></recado-timeline>` : nothing}
      </div>`;
  }

  #channelChoice() {
    return html`<label class="channel-choice"><span class="unseen">${t('inbox.channel')}</span>
      <select @change=${(event) => router.to('inbox', event.target.value)}>
        ${this.channels.map((one) => html`<option value=${idOf(one.name)} ?selected=${one === this.channel}>${one.displayName ?? one.type}</option>`)}
      </select></label>`;
  }

  #head() {
    const { contact, state, labels } = this.conversation;
    return html`
      <header class="thread-head">
        <a class="button quiet icon-only back" href=${link('inbox', router.path[1])} aria-label=${t('action.back')}>${icon('back')}</a>
        ${avatar(contact)}
        <div class="person">
          <h2>${nameOf(contact)}</h2>
          <p>${contact.displayName && contact.phoneNumber ? html`<bdi>${phone(contact.phoneNumber)}</bdi>` : nothing}
            ${(labels ?? []).map((one) => html`<span class="label">${one}</span>`)}
            ${state === 'CLOSED' ? html`<span class="badge">${t('conversation.CLOSED')}</span>` : nothing}</p>
        </div>
        ${session.can('SENDER') ? html`
          <button type="button" class="quiet icon-only" aria-label=${t('conversation.labels')} title=${t('conversation.labels')} @click=${() => this.#labels()}>${icon('tag')}</button>
          <button type="button" class="quiet icon-only" aria-label=${t(state === 'CLOSED' ? 'conversation.reopen' : 'conversation.close')}
            title=${t(state === 'CLOSED' ? 'conversation.reopen' : 'conversation.close')}
            @click=${() => this.#change({ state: state === 'CLOSED' ? 'OPEN' : 'CLOSED' })}>${icon(state === 'CLOSED' ? 'refresh' : 'archive')}</button>` : nothing}
      </header>`;
  }

  #noChannel() {
    return html`<div class="page"><div class="empty">${icon('channels')}<h1>${t('inbox.noChannel')}</h1><p>${t('inbox.noChannelHint')}</p>
      ${session.can('ADMIN') && session.isUnconfined ? html`<a class="button primary" href=${link('channels')}>${t('channels.connect')}</a>` : nothing}</div></div>`;
  }
}
customElements.define('recado-inbox', InboxPage);
