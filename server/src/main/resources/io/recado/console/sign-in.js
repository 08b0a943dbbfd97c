import { html, nothing } from 'lit';
import { trouble } from './core/dialog.js';
import { Part } from './core/element.js';
import { brand } from './core/icons.js';
import { t } from './core/i18n.js';
import { session } from './core/session.js';

/** The way in: an API key becomes a session. */
class SignIn extends Part {
  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  async #submit(event) {
    event.preventDefault();
    const key = this.querySelector('input').value.trim();
    await this.attempt(() => session.signIn(key));
    if (this.problem?.status === 401 && this.problem.reason === 'CREDENTIALS_MISSING') {
      this.problem = new Error(t('signIn.cookieRefused'));
      this.requestUpdate();
    }
    await this.updateComplete;
    this.querySelector('input')?.select();
  }

  render() {
    return html`
      <main class="sign-in">
        <form @submit=${(event) => this.#submit(event)}>
          <h1>${brand()} Recado</h1>
          <p>${t('signIn.welcome')}</p>
          ${session.hasEnded ? html`<p class="notice" role="status">${t('signIn.ended')}</p>` : nothing}
          <label>${t('signIn.key')}
            <input type="password" name="key" autocomplete="current-password" required minlength="20" maxlength="256"
              spellcheck="false" placeholder="rcd_…" .value=${session.offered ?? ''}>
          </label>
          ${trouble(this.problem)}
          <button class="primary" ?disabled=${this.busy}>${t('signIn.action')}</button>
          <p class="hint">${t('signIn.hint')}</p>
        </form>
      </main>`;
  }
}
customElements.define('recado-sign-in', SignIn);
