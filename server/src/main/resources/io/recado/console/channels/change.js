import { html, nothing } from 'lit';
import { patch } from '../core/api.js';
import { openDialog, trouble } from '../core/dialog.js';
import { t } from '../core/i18n.js';
import { origins, originsField } from './connect-web-chat.js';

const SECRETS = ['accessToken', 'appSecret', 'businessAccountId', 'identitySecret'];

/** Changes a channel's name, secrets and limits. @param {any} channel @returns {Promise<any>} as it is then, or undefined */
export function changeChannel(channel) {
  let problem;
  const submit = async (event, close, redraw) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const given = Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()]));
    const settings = channel.webchat ? { allowedOrigins: origins(form) } : {};
    for (const name of SECRETS) if (given[name]) settings[name] = given[name];
    if (given.messagesPerSecond) settings.messagesPerSecond = Number(given.messagesPerSecond);
    const body = { [channel.webchat ? 'webchat' : 'whatsapp']: settings };
    if (given.displayName) body.displayName = given.displayName;
    if (given.defaultLanguage) body.defaultLanguage = given.defaultLanguage;
    try {
      close(await patch(channel.name, body));
    } catch (refused) {
      problem = refused;
      redraw();
    }
  };
  const secret = (name, text, hint) => field(name, text, '', { type: 'password', placeholder: hint ? `${t('channels.unchanged')} ${hint}` : '' });
  const limit = (settings) => field('messagesPerSecond', t('channels.budget'), settings.messagesPerSecond, { type: 'number', min: 1, max: 10000 });
  const whatsapp = (settings) => html`
    ${secret('accessToken', t('whatsapp.accessToken'), settings.accessTokenHint)}
    ${secret('appSecret', t('whatsapp.appSecret'), settings.appSecretHint)}
    ${limit(settings)}`;
  const webChat = (settings) => html`
    ${originsField(settings.allowedOrigins)}
    ${secret('identitySecret', t('webchat.identitySecret'), settings.identitySecretHint)}
    ${limit(settings)}`;
  const field = (name, text, value = '', more = {}) => html`
    <label>${text}<input name=${name} .value=${String(value ?? '')} type=${more.type ?? 'text'} min=${more.min ?? nothing} max=${more.max ?? nothing}
      maxlength="512" autocomplete="off" placeholder=${more.placeholder ?? ''}></label>`;
  return openDialog({
    title: t('channels.change'),
    body: (close, redraw) => html`
      <form @submit=${(event) => submit(event, close, redraw)}>
        ${field('displayName', t('channels.name'), channel.displayName)}
        ${field('defaultLanguage', t('channels.defaultLanguage'), channel.defaultLanguage, { placeholder: 'en' })}
        ${channel.webchat ? webChat(channel.webchat) : whatsapp(channel.whatsapp)}
        ${trouble(problem)}
        <footer>
          <button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button>
          <button class="primary">${t('action.save')}</button>
        </footer>
      </form>`,
  });
}
