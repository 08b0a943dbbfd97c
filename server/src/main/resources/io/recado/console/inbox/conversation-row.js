import { html, nothing } from 'lit';
import { idOf } from '../core/api.js';
import { briefTime, nameOf } from '../core/format.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { link } from '../core/router.js';
import { summaryOf, tick } from './bubble.js';

const HUES = 8;

/** A person's sign: the first letters, in a colour that stays. @param {any} contact */
export function avatar(contact) {
  const name = contact?.displayName ?? '';
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join('');
  const seed = [...(contact?.phoneNumber ?? name)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
  return html`<span class="avatar hue-${seed % HUES}" aria-hidden="true">${letters || icon('person')}</span>`;
}

/**
 * One conversation in the list.
 * @param {any} conversation
 * @param {{channel: string, isChosen: boolean, templates: Map<string, any>, at: boolean}} context
 */
export function conversationRow(conversation, { channel, isChosen, templates, at }) {
  const last = conversation.lastMessage;
  const unread = conversation.unreadCount ?? 0;
  return html`
    <a class="conversation ${unread ? 'unread' : ''}" href=${link('inbox', channel, idOf(conversation.name))}
      tabindex=${at ? 0 : -1} aria-current=${isChosen ? 'true' : nothing}>
      ${avatar(conversation.contact)}
      <span class="who">${nameOf(conversation.contact)}</span>
      <time datetime=${conversation.updateTime}>${briefTime(last?.createTime ?? conversation.updateTime)}</time>
      <span class="rest"><span class="last">
        ${last?.direction === 'OUTBOUND' ? tick(last) : nothing}
        <span dir="auto">${last ? summaryOf(last, templates) : t('inbox.noMessages')}</span>
      </span>
      <span class="marks">
        ${conversation.state === 'CLOSED' ? html`<span class="mark" title=${t('conversation.CLOSED')}>${icon('archive', t('conversation.CLOSED'))}</span>` : nothing}
        ${(conversation.labels ?? []).slice(0, 2).map((one) => html`<span class="label">${one}</span>`)}
        ${unread ? html`<span class="count" aria-label=${t('inbox.unreadCount', { count: unread })}>${unread > 99 ? '99+' : unread}</span>` : nothing}
      </span></span>
    </a>`;
}
