import { html, nothing } from 'lit';
import { offline } from './core/api.js';
import { openDialog, trouble } from './core/dialog.js';
import { Part } from './core/element.js';
import { brand, icon } from './core/icons.js';
import { LANGUAGES, language, loadLanguage, t } from './core/i18n.js';
import { live } from './core/live.js';
import { applyTheme, read, write } from './core/preferences.js';
import { link, router } from './core/router.js';
import { session } from './core/session.js';
import './inbox/inbox-page.js';
import './sign-in.js';

/**
 * The pages, in the order of the menu. A page but the inbox is loaded when it is first opened.
 * `role`: the least that may see it. `wide`: needs a key that is not bound to channels.
 */
const PAGES = [
  { name: 'inbox', role: 'READER', view: () => html`<recado-inbox></recado-inbox>` },
  { name: 'overview', role: 'READER', load: () => import('./overview/overview-page.js'), view: () => html`<recado-overview></recado-overview>` },
  { name: 'channels', role: 'READER', load: () => import('./channels/channels-page.js'), view: () => html`<recado-channels></recado-channels>` },
  { name: 'templates', role: 'READER', load: () => import('./templates/templates-page.js'), view: () => html`<recado-templates></recado-templates>` },
  { name: 'webhooks', role: 'ADMIN', wide: true, load: () => import('./webhooks/webhooks-page.js'), view: () => html`<recado-webhooks></recado-webhooks>` },
  { name: 'events', role: 'READER', wide: true, load: () => import('./events/events-page.js'), view: () => html`<recado-events></recado-events>` },
  { name: 'keys', role: 'ADMIN', wide: true, load: () => import('./keys/keys-page.js'), view: () => html`<recado-keys></recado-keys>` },
];

class App extends Part {
  static properties = { loaded: { state: true }, page: { state: true }, problem: { state: true } };

  async connectedCallback() {
    super.connectedCallback();
    this.listen(router, 'change', () => this.#open());
    this.listen(session, 'change', () => this.#sessionChanged());
    this.listen(live, 'state', () => this.requestUpdate());
    this.listen(window, 'keydown', (event) => this.#keys(event));
    try {
      await Promise.all([loadLanguage(), session.begin()]);
      offline.text = t('problem.offline');
      this.loaded = true;
      this.#open();
    } catch (problem) {
      this.problem = problem;
    }
  }

  get pages() {
    return PAGES.filter((page) => session.can(page.role) && (!page.wide || session.isUnconfined));
  }

  #sessionChanged() {
    if (session.current) {
      live.start();
    } else {
      live.stop();
    }
    this.requestUpdate();
    if (this.loaded) this.#open();
  }

  async #open() {
    if (!session.current) return;
    const name = router.path[0];
    const page = this.pages.find((one) => one.name === name) ?? this.pages[0];
    if (page.name !== name) {
      router.replace(page.name);
      return;
    }
    this.problem = undefined;
    try {
      await page.load?.();
    } catch {
      // The server was renewed since this page was opened: its files have other names now.
      this.problem = new Error(t('problem.outdated'));
    }
    this.page = page;
    document.title = `${t('page.' + page.name)} – Recado`;
    this.requestUpdate();
  }

  #keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !session.current) return;
    if (event.target.closest('input, textarea, select, dialog, [contenteditable]')) return;
    if (event.key === '?') {
      showShortcuts();
    } else if (/^[1-9]$/.test(event.key) && this.pages[Number(event.key) - 1]) {
      router.to(this.pages[Number(event.key) - 1].name);
    }
  }

  render() {
    if (!this.loaded) {
      return html`<div class="splash" aria-busy="true">${this.problem ? trouble(this.problem) : html`<span class="spinner"></span>`}</div>`;
    }
    if (!session.current) return html`<recado-sign-in></recado-sign-in>`;
    return html`
      <a class="skip" href="#main" @click=${(event) => this.#skip(event)}>${t('action.skip')}</a>
      <div class="shell">
        ${this.#menu()}
        <main id="main" tabindex="-1" class="page-${this.page?.name}">
          ${this.problem
            ? html`<div class="page">${trouble(this.problem)}<p><button type="button" @click=${() => location.reload()}>${t('action.reload')}</button></p></div>`
            : this.page?.view() ?? nothing}
        </main>
      </div>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  #menu() {
    return html`
      <header class="menu">
        <a class="brand" href=${link('inbox')} aria-label="Recado">${brand()}<span>Recado</span></a>
        <nav aria-label=${t('menu.label')}>
          ${this.pages.map((page) => html`
            <a href=${link(page.name)} aria-current=${page === this.page ? 'page' : 'false'}>
              ${icon(page.name)}<span>${t('page.' + page.name)}</span>
            </a>`)}
        </nav>
        <div class="menu-foot">
          <span class="live ${live.isOpen ? 'open' : ''}" title=${t(live.isOpen ? 'live.openHint' : 'live.closedHint')}>
            <i></i><span>${t(live.isOpen ? 'live.open' : 'live.closed')}</span>
          </span>
          <button type="button" class="quiet account" popovertarget="account" title=${t('menu.account')}>
            ${icon('person')}<span class="unseen">${t('menu.account')}: </span><span>${session.current.apiKey.displayName ?? session.current.apiKey.keyHint}</span>
          </button>
          <div id="account" popover class="popover">${this.#account()}</div>
        </div>
      </header>`;
  }

  #account() {
    const { apiKey, workspace } = session.current;
    const theme = read('theme') ?? 'system';
    return html`
      <dl class="facts">
        <dt>${t('account.workspace')}</dt><dd>${workspace.displayName}</dd>
        <dt>${t('account.key')}</dt><dd>${apiKey.displayName ?? ''} <code>${apiKey.keyHint}</code></dd>
        <dt>${t('account.role')}</dt><dd>${t('role.' + apiKey.role)}</dd>
      </dl>
      <label>${t('account.language')}
        <select @change=${(event) => this.#language(event.target.value)}>
          ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} ?selected=${code === language()}>${name}</option>`)}
        </select>
      </label>
      <label>${t('account.theme')}
        <select @change=${(event) => applyTheme(event.target.value)}>
          ${['system', 'light', 'dark'].map((one) => html`<option value=${one} ?selected=${one === theme}>${t('theme.' + one)}</option>`)}
        </select>
      </label>
      <div class="stack">
        <button type="button" class="quiet start" @click=${() => showShortcuts()}>${icon('keyboard')}${t('shortcuts.title')}</button>
        <a class="button quiet start" href="./docs" target="_blank" rel="noopener">${icon('link')}${t('account.reference')}</a>
        <button type="button" class="quiet start" @click=${() => session.signOut()}>${icon('out')}${t('account.signOut')}</button>
      </div>`;
  }

  async #language(code) {
    await loadLanguage(code);
    offline.text = t('problem.offline');
    // Every text on the screen is another one now.
    write('language', code);
    const page = this.page;
    this.page = undefined;
    await this.updateComplete;
    this.page = page;
    document.title = `${t('page.' + page.name)} – Recado`;
  }
}
customElements.define('recado-app', App);

/** Which keys do what. */
function showShortcuts() {
  const keys = [['1 – 7', 'pages'], ['/', 'search'], ['↑ ↓', 'list'], ['Enter', 'open'], ['r', 'reply'], ['t', 'template'], ['n', 'new'], ['Esc', 'back'], ['?', 'help']];
  openDialog({
    title: t('shortcuts.title'),
    body: () => html`<dl class="keys">${keys.map(([key, name]) => html`<dt><kbd>${key}</kbd></dt><dd>${t('shortcuts.' + name)}</dd>`)}</dl>`,
  });
}

applyTheme();
