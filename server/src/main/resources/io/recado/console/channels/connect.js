import { html } from 'lit';
import { openDialog } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { WebChatGuide } from './connect-web-chat.js';
import { WhatsAppGuide } from './connect-whatsapp.js';

const GUIDES = { WHATSAPP: WhatsAppGuide, WEBCHAT: WebChatGuide };

/** Connects a channel of either kind, step by step. @returns {Promise<any>} the channel, once it was made */
export async function connectChannel() {
  /** @type {WhatsAppGuide | WebChatGuide | undefined} */
  let guide;
  const choose = (type, redraw) => {
    guide = new GUIDES[type]();
    redraw();
  };
  const choices = (redraw) => html`
    <p>${t('connect.which')}</p>
    <div class="choices">${Object.keys(GUIDES).map((type) => html`
      <button type="button" class="choice" @click=${() => choose(type, redraw)}>${icon(type === 'WEBCHAT' ? 'inbox' : 'channels')}${label('type', type)}
        <span class="text">${t('connect.about.' + type)}</span></button>`)}</div>`;
  await openDialog({ title: t('channels.connect'), wide: true, body: (close, redraw) => (guide ? guide.body(close, redraw) : choices(redraw)) });
  return guide?.channel;
}
