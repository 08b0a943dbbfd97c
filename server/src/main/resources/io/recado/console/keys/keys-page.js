import { html, nothing } from 'lit';
import { all, newKey, post, remove } from '../core/api.js';
import { copyable } from '../channels/copyable.js';
import { confirmed, openDialog, trouble } from '../core/dialog.js';
import { Part } from '../core/element.js';
import { ago, shortDate } from '../core/format.js';
import { icon } from '../core/icons.js';
import { t } from '../core/i18n.js';
import { session } from '../core/session.js';
import { toast } from '../core/toast.js';

const ROLES = ['SENDER', 'READER', 'ADMIN'];

/** Who may call. */
class KeysPage extends Part {
  static properties = { keys: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.attempt(() => this.#load());
  }

  async #load() {
    [this.keys, this.channels] = await Promise.all([all('apiKeys', 'apiKeys'), all('channels', 'channels')]);
  }

  async #make() {
    await makeKey(this.channels);
    await this.attempt(() => this.#load());
  }

  async #revoke(key) {
    const isOwn = key.name === session.current.apiKey.name;
    const isSure = await confirmed({
      title: t('keys.revokeTitle', { name: key.displayName ?? key.keyHint }),
      text: t(isOwn ? 'keys.revokeOwn' : 'keys.revokeText'),
      action: t('keys.revoke'),
    });
    if (!isSure) return;
    await this.attempt(async () => {
      await remove(key.name);
      await this.#load();
    });
    if (!this.problem) toast(t('keys.revoked'));
  }

  render() {
    return html`
      <div class="page">
        <div class="page-head">
          <div><h1>${t('page.keys')}</h1><p>${t('keys.intro')}</p></div>
          <button type="button" class="primary" ?disabled=${!this.keys} @click=${() => this.#make()}>${icon('plus')}${t('keys.make')}</button>
        </div>
        ${trouble(this.problem)}
        ${this.keys ? html`
          <div class="table" tabindex="0" role="region" aria-label=${t('page.keys')}><table>
            <thead><tr><th scope="col">${t('keys.name')}</th><th scope="col">${t('account.role')}</th><th scope="col">${t('page.channels')}</th><th scope="col">${t('keys.lastUsed')}</th><th scope="col">${t('keys.expires')}</th><th scope="col"><span class="unseen">${t('keys.revoke')}</span></th></tr></thead>
            <tbody>${this.keys.map((key) => this.#row(key))}</tbody>
          </table></div>` : this.problem ? nothing : html`<span class="spinner"></span>`}
      </div>`;
  }

  #row(key) {
    return html`
      <tr>
        <td><strong>${key.displayName ?? t('keys.unnamed')}</strong><br><code class="hint">${key.keyHint}</code></td>
        <td><span class="badge">${t('role.' + key.role)}</span></td>
        <td>${key.channels ? key.channels.map((name) => this.channels.find((one) => one.name === name)?.displayName ?? name).join(', ') : t('keys.allChannels')}</td>
        <td>${key.lastUsedTime ? ago(key.lastUsedTime) : t('keys.never')}</td>
        <td>${key.expireTime ? shortDate(key.expireTime) : t('keys.never')}</td>
        <td class="end"><button type="button" class="quiet" aria-label=${`${t('keys.revoke')}: ${key.displayName ?? key.keyHint}`} @click=${() => this.#revoke(key)}>${icon('trash')}</button></td>
      </tr>`;
  }
}
customElements.define('recado-keys', KeysPage);

/** Makes a key and shows it, this once. @param {any[]} channels */
function makeKey(channels) {
  let made;
  let problem;
  let requestKey = newKey();
  const submit = async (event, redraw) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const days = Number(given.get('days'));
    const chosen = given.getAll('channel');
    try {
      made = await post('apiKeys', {
        displayName: String(given.get('name')).trim() || undefined,
        role: given.get('role'),
        channels: chosen.length ? chosen : undefined,
        requestsPerSecond: Number(given.get('rate')) || undefined,
        expireTime: days ? new Date(Date.now() + days * 86_400_000).toISOString() : undefined,
      }, requestKey);
    } catch (refused) {
      problem = refused;
      requestKey = newKey();
    }
    redraw();
  };
  const shown = (close) => html`
    <div class="fields">
      <p class="notice warn">${icon('warning')}<span>${t('keys.once')}</span></p>
      ${copyable(t('signIn.key'), made.key)}
      <footer><button type="button" class="primary" @click=${() => close()}>${t('action.done')}</button></footer>
    </div>`;
  const form = (close, redraw) => html`
    <form @submit=${(event) => submit(event, redraw)}>
      <label>${t('keys.name')}<input name="name" maxlength="63" required autofocus placeholder=${t('keys.nameExample')}></label>
      <label>${t('account.role')}
        <select name="role">${ROLES.map((role) => html`<option value=${role}>${t('role.' + role)} – ${t('keys.role.' + role)}</option>`)}</select></label>
      ${channels.length > 1 ? html`<fieldset><legend>${t('keys.onlyChannels')} <small>${t('form.optional')}</small></legend>
        ${channels.map((one) => html`<label class="check"><input type="checkbox" name="channel" value=${one.name}>${one.displayName ?? one.type}</label>`)}</fieldset>` : nothing}
      <label>${t('keys.expires')}<select name="days"><option value="">${t('keys.never')}</option>${[30, 90, 365].map((days) => html`<option value=${days}>${t('keys.inDays', { count: days })}</option>`)}</select></label>
      <label>${t('keys.rate')} <small>${t('form.optional')}</small><input name="rate" type="number" min="1" max="100000"></label>
      ${trouble(problem)}
      <footer><button type="button" class="quiet" @click=${() => close()}>${t('action.cancel')}</button><button class="primary">${t('keys.make')}</button></footer>
    </form>`;
  return openDialog({ title: t('keys.make'), body: (close, redraw) => (made ? shown(close) : form(close, redraw)) });
}
