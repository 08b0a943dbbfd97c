import { html } from 'lit';
import { post } from '../core/api.js';
import { openDialog, trouble } from '../core/dialog.js';
import { t } from '../core/i18n.js';

/** Asks whom to write to. @param {any} channel @returns {Promise<any>} the conversation, or undefined */
export function newConversation(channel) {
  let problem;
  const submit = async (event, close, redraw) => {
    event.preventDefault();
    const given = new FormData(event.target);
    try {
      const phoneNumber = String(given.get('phone')).replace(/[\s().-]/g, '');
      const displayName = String(given.get('name')).trim() || undefined;
      close(await post(`${channel.name}/conversations`, { contact: { phoneNumber, displayName } }));
    } catch (refused) {
      problem = refused;
      redraw();
    }
  };
  return openDialog({
    title: t('inbox.new'),
    body: (close, redraw) => html`
      <form @submit=${(event) => submit(event, close, redraw)}>
        <label>${t('contact.phone')}
          <input name="phone" type="tel" required autofocus placeholder="+57 319 321 0329" pattern="\\+?[0-9\\s().\\-]{6,24}" dir="ltr">
        </label>
        <label>${t('contact.name')} <small>${t('form.optional')}</small>
          <input name="name" maxlength="100" autocomplete="off">
        </label>
        ${trouble(problem)}
        <footer>
          <button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button>
          <button class="primary">${t('inbox.start')}</button>
        </footer>
      </form>`,
  });
}
