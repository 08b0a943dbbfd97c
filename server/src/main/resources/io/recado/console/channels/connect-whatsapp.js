import { html, nothing } from 'lit';
import { newKey, post } from '../core/api.js';
import { trouble } from '../core/dialog.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';
import { copyable } from './copyable.js';

const SETTINGS = ['phoneNumberId', 'businessAccountId', 'accessToken', 'appSecret'];
const STEPS = ['account', 'callback', 'check'];

/** Connects a WhatsApp number: its account at Meta, where Meta sends what people write, and whether all of it works. */
export class WhatsAppGuide {
  step = 0;
  /** @type {any} */
  channel;
  /** @type {any} */
  problem;
  key = newKey();
  // It only has to be the same on both sides, and hard to guess.
  verifyToken = newKey();

  body(close, redraw) {
    const views = [() => this.#account(redraw), () => this.#callback(redraw), () => this.#check(close, redraw)];
    return html`
      <ol class="progress">${STEPS.map((name, index) => html`
        <li class=${index < this.step ? 'done' : ''} aria-current=${index === this.step ? 'step' : nothing}>${t('connect.' + name)}</li>`)}</ol>
      ${views[this.step]()}`;
  }

  #account(redraw) {
    const submit = async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(event.target));
      const whatsapp = Object.fromEntries(SETTINGS.map((name) => [name, String(given[name]).trim()]).filter(([, value]) => value));
      const body = { type: 'WHATSAPP', displayName: String(given.displayName).trim() || undefined, whatsapp: { ...whatsapp, verifyToken: this.verifyToken } };
      try {
        this.channel = await post('channels', body, this.key);
        this.step = 1;
        this.problem = undefined;
      } catch (problem) {
        this.problem = problem;
        this.key = newKey();
      }
      redraw();
    };
    return html`
      <form @submit=${submit}>
        <p>${t('connect.accountHint')} <a href="https://developers.facebook.com/apps" target="_blank" rel="noopener noreferrer">developers.facebook.com</a></p>
        <label>${t('channels.name')} <small>${t('form.optional')}</small><input name="displayName" maxlength="63" autofocus placeholder=${t('connect.nameExample')}></label>
        ${SETTINGS.map((name) => this.#field(name))}
        ${trouble(this.problem)}
        <footer><button class="primary">${t('action.next')}</button></footer>
      </form>`;
  }

  #field(name) {
    const wrong = this.problem?.about?.(`whatsapp.${name}`);
    return html`
      <label>${t('whatsapp.' + name)}
        <input name=${name} ?required=${name !== 'businessAccountId'} maxlength="512" spellcheck="false" autocomplete="off" dir="ltr"
          type=${name === 'accessToken' || name === 'appSecret' ? 'password' : 'text'}>
        <small class=${wrong ? 'wrong' : ''}>${wrong || t(`whatsapp.${name}Hint`)}</small>
      </label>`;
  }

  #callback(redraw) {
    return html`
      <div class="fields">
        <p>${t('connect.callbackHint')}</p>
        ${copyable(t('channels.inboundUrl'), this.channel.inboundUrl)}
        ${copyable(t('whatsapp.verifyToken'), this.verifyToken)}
        <ol class="instructions"><li>${t('connect.callback1')}</li><li>${t('connect.callback2')}</li><li>${t('connect.callback3')}</li></ol>
        <footer><button type="button" class="primary" @click=${() => { this.step = 2; redraw(); this.#ask(redraw); }}>${t('connect.toCheck')}</button></footer>
      </div>`;
  }

  async #ask(redraw) {
    this.checked = undefined;
    this.problem = undefined;
    redraw();
    try {
      this.checked = await post(`${this.channel.name}:check`);
    } catch (problem) {
      this.problem = problem;
    }
    redraw();
  }

  #check(close, redraw) {
    if (!this.checked && !this.problem) return html`<div class="empty" role="status"><span class="spinner"></span><p>${t('connect.checking')}</p></div>`;
    const problems = this.checked?.health.problems ?? [];
    return html`
      <div class="fields">
        ${trouble(this.problem)}
        ${this.checked && !problems.length ? html`<div class="empty">${icon('check')}<h2>${t('connect.works')}</h2><p>${t('connect.worksHint')}</p></div>` : nothing}
        ${problems.map((one) => html`<div class="failure"><h3>${icon('error')}${one.message}</h3><p><strong>${t('timeline.remedy')}</strong> ${one.remedy}</p><p class="hint"><code>${label('reason', one.reason)}</code></p></div>`)}
        <footer>
          ${problems.length || this.problem ? html`<button type="button" @click=${() => this.#ask(redraw)}>${icon('refresh')}${t('connect.again')}</button>` : nothing}
          <button type="button" class="primary" @click=${() => close()}>${t('action.done')}</button>
        </footer>
      </div>`;
  }
}
