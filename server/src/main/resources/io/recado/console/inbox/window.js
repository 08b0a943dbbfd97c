import { duration } from '../core/format.js';
import { t } from '../core/i18n.js';

const SOON = 60 * 60 * 1000;

/**
 * What may be sent to a person now: anything while the service window is open, templates alone when it is closed.
 * Channels that know no window have none in their conversations, once something was received.
 * @param {any} conversation
 * @param {any} channel
 * @returns {{isOpen: boolean, isSoonOver: boolean, text: string}}
 */
export function serviceWindow(conversation, channel) {
  if (channel?.type !== 'WHATSAPP') return { isOpen: true, isSoonOver: false, text: '' };
  const until = conversation?.serviceWindow?.openUntil;
  const left = until ? new Date(until).getTime() - Date.now() : -1;
  if (left <= 0) return { isOpen: false, isSoonOver: false, text: t(until ? 'window.closed' : 'window.never') };
  return { isOpen: true, isSoonOver: left < SOON, text: t('window.open', { left: duration(left) }) };
}
