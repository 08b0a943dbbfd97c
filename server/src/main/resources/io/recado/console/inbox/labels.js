import { html } from 'lit';
import { openDialog } from '../core/dialog.js';
import { t } from '../core/i18n.js';

/** @param {string[]} labels @returns {Promise<string[] | undefined>} */
export const editLabels = (labels) =>
  openDialog({
    title: t('conversation.labels'),
    body: (close) => html`
      <form @submit=${(event) => {
        event.preventDefault();
        const text = new FormData(event.target).get('labels');
        close(String(text).split(',').map((one) => one.trim()).filter(Boolean));
      }}>
        <label>${t('conversation.labelsHint')}
          <input name="labels" .value=${labels.join(', ')} autofocus maxlength="400">
        </label>
        <footer>
          <button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button>
          <button class="primary">${t('action.save')}</button>
        </footer>
      </form>`,
  });
