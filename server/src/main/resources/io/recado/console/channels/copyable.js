import { html } from 'lit';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';

/** A value to be carried elsewhere. @param {string} name @param {string} value */
export const copyable = (name, value) => html`
  <label>${name}
    <span class="copyable">
      <input readonly dir="ltr" .value=${value} @focus=${(event) => event.target.select()}>
      <button type="button" class="icon-only" aria-label=${`${t('action.copy')}: ${name}`} title=${t('action.copy')} @click=${(event) => copy(event, value)}>${icon('copy')}</button>
    </span>
  </label>`;

async function copy(event, value) {
  const field = event.currentTarget.parentElement.querySelector('input');
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    // Without TLS there is no clipboard for pages but this old way.
    field.select();
    document.execCommand('copy');
  }
  toast(t('action.copied'));
}
