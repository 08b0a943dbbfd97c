import { html, nothing } from 'lit';
import { t } from '../core/i18n.js';
import { TYPES } from '../core/live.js';

/** @param {any[]} channels @param {any} endpoint as it is; empty for a new one @param {any} problem */
export const endpointFields = (channels, endpoint, problem) => html`
  <label>${t('webhooks.url')}
    <input name="url" type="url" required autofocus maxlength="2048" dir="ltr" placeholder="https://shop.example.com/hooks" .value=${endpoint.url ?? ''}>
    <small class=${problem?.about?.('url') ? 'wrong' : ''}>${problem?.about?.('url') || t('webhooks.urlHint')}</small>
  </label>
  <fieldset><legend>${t('webhooks.types')} <small>${t('webhooks.noneIsAll')}</small></legend>
    <div class="checks">${TYPES.map((one) => html`<label class="check"><input type="checkbox" name="type" value=${one} ?checked=${endpoint.types?.includes(one)}>${one}</label>`)}</div>
  </fieldset>
  ${channels.length > 1 ? html`<fieldset><legend>${t('keys.onlyChannels')} <small>${t('form.optional')}</small></legend>
    ${channels.map((one) => html`<label class="check"><input type="checkbox" name="channel" value=${one.name} ?checked=${endpoint.channels?.includes(one.name)}>${one.displayName ?? one.type}</label>`)}</fieldset>` : nothing}`;

/** @param {HTMLFormElement} form */
export function endpointOf(form) {
  const given = new FormData(form);
  return { url: String(given.get('url')).trim(), types: given.getAll('type'), channels: given.getAll('channel') };
}
