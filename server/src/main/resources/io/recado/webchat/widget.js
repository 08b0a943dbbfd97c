// Recado's web chat: <script src="https://…/widget.js" data-channel="…" async></script>
//
// One custom element in a shadow root: the page's styles do not reach in, its own do not reach out.
// It needs no cookies, no inline styles and nothing else from the page's Content-Security-Policy
// than script-src and connect-src for the server that it came from.
//
// What a visitor writes is kept in localStorage until the server has it, under an id of its own, so
// that it is sent once however often the page is left or the line breaks. What the business writes
// is fetched from the place up to which this browser has everything.
(() => {
  'use strict';

  const TEXTS = {
    en: {
      open: 'Open chat', close: 'Close chat', unread: n => n === 1 ? '1 unread message' : n + ' unread messages',
      title: 'Chat', hello: 'Hello! Write to us, we answer here.', write: 'Write a message', send: 'Send',
      earlier: 'Earlier messages', typing: 'Writing an answer…', offline: 'No connection. What you write is sent when it is back.',
      closed: 'The chat is not available on this page.', waiting: 'Waiting to be sent', sent: 'Sent', read: 'Read',
      failed: 'Not sent', again: 'Try again', you: 'You',
    },
    es: {
      open: 'Abrir el chat', close: 'Cerrar el chat', unread: n => n === 1 ? '1 mensaje sin leer' : n + ' mensajes sin leer',
      title: 'Chat', hello: '¡Hola! Escríbenos, te respondemos aquí.', write: 'Escribe un mensaje', send: 'Enviar',
      earlier: 'Mensajes anteriores', typing: 'Escribiendo una respuesta…', offline: 'Sin conexión. Lo que escribas se enviará cuando vuelva.',
      closed: 'El chat no está disponible en esta página.', waiting: 'Pendiente de envío', sent: 'Enviado', read: 'Leído',
      failed: 'No enviado', again: 'Reintentar', you: 'Tú',
    },
  };

  const STYLE = `
:host { all: initial; position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000;
  color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif;
  --accent: var(--recado-accent, light-dark(#0b6b5d, #4fd1b8)); --on-accent: var(--recado-on-accent, light-dark(#fff, #06231e));
  --back: light-dark(#fff, #14191c); --soft: light-dark(#f0f4f3, #20282b); --text: light-dark(#172022, #e8eeed);
  --dim: light-dark(#56656a, #9fb0b3); --line: light-dark(#d5dedd, #37444a); --bad: light-dark(#b3261e, #ff9a90);
  color: var(--text) }
:host([theme=light]) { color-scheme: light } :host([theme=dark]) { color-scheme: dark }
* { box-sizing: border-box } [hidden] { display: none !important }
button, textarea { font: inherit; color: inherit }
button { cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.launcher { position: relative; display: grid; place-items: center; width: 3.5rem; height: 3.5rem; border: 0; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); box-shadow: 0 4px 16px #0004 }
.launcher svg { width: 1.75rem; height: 1.75rem }
.badge { position: absolute; inset-block-start: -.25rem; inset-inline-end: -.25rem; min-width: 1.4rem; padding: 0 .35rem; border-radius: 1rem;
  background: #b3261e; color: #fff; font-size: .8rem; line-height: 1.4rem; font-weight: 600; text-align: center }
.panel { position: absolute; inset-block-end: 4.5rem; inset-inline-end: 0; display: flex; flex-direction: column;
  width: min(23rem, calc(100vw - 2rem)); height: min(36rem, calc(100dvh - 7rem)); overflow: hidden;
  background: var(--back); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 12px 40px #0005 }
.bar { display: flex; align-items: center; gap: .5rem; padding: .75rem 1rem; background: var(--accent); color: var(--on-accent) }
h2 { flex: 1; margin: 0; font-size: 1.05rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.close { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border: 0; border-radius: 50%; background: none; color: inherit }
.close:focus-visible { outline-color: currentColor }
.close svg, .send svg { width: 1.25rem; height: 1.25rem }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: .75rem 1rem }
.log:focus-visible { outline-offset: -3px }
.hello { margin: 0 0 .75rem; color: var(--dim); text-align: center }
.earlier { display: block; margin: 0 auto .75rem; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 1rem; background: none }
ol { display: flex; flex-direction: column; gap: .35rem; margin: 0; padding: 0; list-style: none }
li { display: flex; flex-direction: column; align-items: flex-start }
li.mine { align-items: flex-end }
.day { align-self: center; margin: .5rem 0; padding: .1rem .7rem; border-radius: 1rem; background: var(--soft); color: var(--dim); font-size: .8rem }
.text { max-width: 85%; margin: 0; padding: .5rem .75rem; border-radius: 1rem; border-end-start-radius: .25rem; background: var(--soft);
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext }
.mine .text { border-end-start-radius: 1rem; border-end-end-radius: .25rem; background: var(--accent); color: var(--on-accent) }
.text a { color: inherit }
.foot { display: flex; align-items: center; gap: .3rem; margin-block-start: .1rem; color: var(--dim); font-size: .75rem }
.foot svg { width: 1rem; height: 1rem }
.seen svg { color: var(--accent) }
.failed { color: var(--bad) } .failed button { padding: 0; border: 0; background: none; color: inherit; text-decoration: underline }
.dots { display: flex; align-items: center; gap: .3rem; min-height: 1.5rem; padding: 0 1.1rem }
.dots i { width: .45rem; height: .45rem; border-radius: 50%; background: var(--dim); animation: beat 1.2s infinite }
.dots i:nth-child(2) { animation-delay: .15s } .dots i:nth-child(3) { animation-delay: .3s }
@keyframes beat { 40% { transform: translateY(-.3rem); opacity: .5 } 80% { transform: none; opacity: 1 } }
.note { margin: 0; padding: .5rem 1rem; background: var(--soft); color: var(--text); font-size: .85rem }
form { display: flex; align-items: flex-end; gap: .5rem; padding: .6rem .75rem; border-block-start: 1px solid var(--line) }
textarea:focus-visible { outline-width: 2px; outline-offset: 0 }
textarea { flex: 1; min-height: 2.5rem; max-height: 8rem; padding: .5rem .75rem; resize: none; field-sizing: content; border: 1px solid var(--dim);
  border-radius: 1.25rem; background: var(--back) }
textarea::placeholder { color: var(--dim); opacity: 1 }
.send { display: grid; place-items: center; flex: none; width: 2.5rem; height: 2.5rem; border: 0; border-radius: 50%;
  background: var(--accent); color: var(--on-accent) }
:dir(rtl) .send svg { transform: scaleX(-1) }
.only-read { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (max-width: 30rem) {
  :host([opened]) { inset: 0 }
  .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0 }
  :host([opened]) .launcher { display: none }
}
@media (prefers-reduced-motion: reduce) { .dots i { animation: none } }
@media (forced-colors: active) { .text, .launcher, .send { border: 1px solid } }`;

  const ICONS = {
    chat: 'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-5 5v-5.1a2.5 2.5 0 0 1-2-2.4z',
    close: 'M6 6l12 12M18 6L6 18',
    send: 'M4 12h15M13 6l6 6-6 6',
    clock: 'M12 7v5l3 2M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z',
    tick: 'M5 12.5l4.5 4.5L19 7',
    ticks: 'M2 12.5L6.5 17 15 7M11 16l1 1 9-10',
  };

  const script = document.currentScript;
  if (!script || !script.dataset.channel) {
    console.error('recado: the script tag of the widget needs data-channel="…" with the id of a channel');
    return;
  }
  if (customElements.get('recado-chat')) return;

  const options = script.dataset;
  const api = new URL(`webchat/${options.channel}/`, script.src);
  const SHELF = `recado:${options.channel}:`;
  const MAX_TEXT = 4096;

  // Browsers that forbid storage have a chat for as long as the page is there.
  const shelf = {
    get(key) { try { return JSON.parse(localStorage.getItem(SHELF + key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(SHELF + key, JSON.stringify(value)); } catch { /* see above */ } },
    remove(key) { try { localStorage.removeItem(SHELF + key); } catch { /* see above */ } },
    queued() {
      try {
        return Object.keys(localStorage).filter(key => key.startsWith(SHELF + 'queue:'))
          .map(key => this.get(key.slice(SHELF.length))).filter(Boolean).sort((a, b) => a.time - b.time);
      } catch { return []; }
    },
  };

  const pause = millis => new Promise(done => setTimeout(done, millis));
  const newId = () => crypto.randomUUID ? crypto.randomUUID() :
    Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

  class Refused extends Error {
    constructor(status, reason, message, seconds) {
      super(message);
      Object.assign(this, { status, reason, seconds });
    }
    /** Whether the same request may pass later. */
    get passes() { return this.status >= 500 || this.status === 429 || this.status === 408; }
  }

  /** The visitor's end of the conversation; tells its view what has changed. */
  class Conversation {
    constructor(view) {
      this.view = view;
      this.user = options.userId ? { id: options.userId, hash: options.userHash, displayName: options.userName || undefined } : undefined;
      const kept = shelf.get('session');
      // Somebody else's session is nobody's here.
      this.token = kept && kept.user === options.userId ? kept.token : undefined;
      this.queue = shelf.queued();
      this.toReport = { delivered: new Set(), read: new Set() };
      this.after = 0;
      this.failures = 0;
      this.running = false;
      addEventListener('online', () => this.wake && this.wake());
    }

    get isKnown() { return !!(this.token || this.user || this.queue.length); }

    /** Keeps the conversation up to date for as long as the page is there. */
    async run() {
      if (this.running) return;
      this.running = true;
      while (true) {
        try {
          if (!this.begun) await this.begin();
          await this.listen();
        } catch (e) {
          if (e.status === 401 && e.reason !== 'IDENTITY_INVALID') {
            this.forget();
          } else if (e.status && !e.passes) {
            console.warn('recado: ' + e.message);
            this.view.close(true);
            return;
          }
          this.failures++;
          this.view.online(this.failures < 2);
          await this.rest(e.seconds);
        }
      }
    }

    async begin() {
      const session = await this.call('session', { token: this.token, user: this.user });
      this.token = session.token;
      this.expire = Date.parse(session.expireTime);
      shelf.set('session', { token: session.token, user: options.userId });
      this.begun = true;
      this.after = session.after;
      this.before = session.before;
      this.view.begun(session.displayName);
      this.take(session.messages.reverse());
      this.view.earlier(this.before);
      this.view.readUpTo(session.readUpTo);
    }

    forget() {
      this.token = undefined;
      this.begun = false;
      shelf.remove('session');
      if (this.stream) this.stream.abort();
    }

    async rest(seconds) {
      const most = Math.min(30, 2 ** Math.min(this.failures - 1, 5));
      await Promise.race([pause(1000 * (seconds || most * (.5 + Math.random() / 2))), new Promise(done => { this.wake = done; })]);
    }

    async call(path, body) {
      const response = await this.fetch(path, body);
      return response.json();
    }

    async fetch(path, body, signal) {
      const headers = {};
      if (this.token && path !== 'session') headers.Authorization = 'Bearer ' + this.token;
      if (body) headers['Content-Type'] = 'application/json';
      const response = await fetch(new URL(path, api), {
        method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), signal, credentials: 'omit', cache: 'no-store',
      });
      if (response.ok) return response;
      const { error = {} } = await response.json().catch(() => ({}));
      const reason = (error.details || []).map(detail => detail.reason).find(Boolean);
      throw new Refused(response.status, reason, error.message || 'the server answered ' + response.status, +response.headers.get('Retry-After'));
    }

    /** Reads the stream until it ends; then it is begun again from the same place. */
    async listen() {
      while (Date.now() < this.expire - 86400000) {
        const abort = this.stream = new AbortController();
        let silence;
        const heard = () => {
          clearTimeout(silence);
          silence = setTimeout(() => abort.abort(), 45000);
        };
        heard();
        const response = await this.fetch('stream?after=' + this.after, undefined, abort.signal);
        this.failures = 0;
        this.view.online(true);
        this.flush();
        this.report();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        try {
          for (let text = '', part; !(part = await reader.read()).done;) {
            heard();
            const events = (text + part.value).split('\n\n');
            text = events.pop();
            events.forEach(event => this.on(event));
          }
        } finally {
          clearTimeout(silence);
        }
        await pause(500 + Math.random() * 1000);
      }
      this.begun = false;
    }

    on(event) {
      const lines = event.split('\n');
      const field = name => (lines.find(line => line.startsWith(name + ': ')) || '').slice(name.length + 2);
      const type = field('event');
      const data = type && JSON.parse(field('data'));
      if (type === 'message') this.take([data]);
      else if (type === 'sync') this.after = data.after;
      else if (type === 'read') this.view.readUpTo(data.upTo);
      else if (type === 'typing') this.view.typing();
    }

    take(messages) {
      for (const message of messages) {
        if (message.clientMessageId) this.settle(message.clientMessageId);
        if (message.from === 'BUSINESS' && message.status === 'SENT') this.toReport.delivered.add(message.id);
        this.view.show(message);
      }
      this.report();
    }

    async loadEarlier() {
      const page = await this.call(`messages?before=${this.before}`);
      this.before = page.before;
      page.messages.reverse().forEach(message => this.view.show(message));
      this.view.earlier(this.before);
    }

    /** Keeps a text until the server has it. */
    write(text) {
      const item = { id: newId(), text, time: Date.now() };
      this.queue.push(item);
      shelf.set('queue:' + item.id, item);
      this.view.show({ clientMessageId: item.id, text, createTime: item.time, from: 'VISITOR' });
      this.run();
      this.flush();
      return item;
    }

    settle(id) {
      this.queue = this.queue.filter(item => item.id !== id);
      shelf.remove('queue:' + id);
    }

    again(id) {
      const item = this.queue.find(one => one.id === id);
      if (item) item.failed = false;
      this.flush();
    }

    /** Sends what waits, one after the other, so that it arrives in order. */
    async flush() {
      if (this.flushing || !this.token) return;
      this.flushing = true;
      try {
        for (let item; (item = this.queue.find(one => !one.failed));) {
          try {
            this.take([await this.call('messages', { clientMessageId: item.id, text: item.text })]);
          } catch (e) {
            if (!e.status) throw e;
            if (e.status === 401) this.forget();
            if (!this.token) throw e;
            if (e.passes) { await pause(1000 * (e.seconds || 2)); continue; }
            item.failed = true;
            this.view.failed(item.id);
          }
        }
      } catch {
        // Sent when the stream is back.
        if (this.stream) this.stream.abort();
      } finally {
        this.flushing = false;
      }
    }

    seen(ids) {
      ids.forEach(id => this.toReport.read.add(id));
      this.report();
    }

    /** Tells what has arrived and what was seen; what could not be told is told again. */
    async report() {
      const { delivered, read } = this.toReport;
      if (this.reporting || !this.token || !(delivered.size + read.size)) return;
      this.reporting = true;
      try {
        await pause(150);
        const some = { delivered: [...delivered].slice(0, 100), read: [...read].slice(0, 100) };
        await this.call('receipts', some);
        some.delivered.forEach(id => delivered.delete(id));
        some.read.forEach(id => read.delete(id));
        this.reporting = false;
        this.report();
      } catch {
        this.reporting = false;
      }
    }

    writing() {
      const now = Date.now();
      if (!this.token || now - (this.saidTyping || 0) < 3000) return;
      this.saidTyping = now;
      this.call('typing', {}).catch(() => {});
    }
  }

  const element = (name, properties = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in node && key !== 'role') node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };

  const icon = name => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    for (const [key, value] of Object.entries({
      viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': true,
    })) svg.setAttribute(key, value);
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  };

  class RecadoChat extends HTMLElement {
    connectedCallback() {
      if (this.root) return;
      const language = (options.lang || document.documentElement.lang || 'en').slice(0, 2).toLowerCase();
      const known = TEXTS[language] ? language : 'en';
      this.texts = TEXTS[known];
      this.lang = known;
      this.locale = known === language ? document.documentElement.lang || known : known;
      if (options.theme) this.setAttribute('theme', options.theme);
      if (document.dir || document.documentElement.dir) this.dir = document.documentElement.dir;
      this.root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.root.adoptedStyleSheets = [sheet];
      this.items = new Map();
      this.read = 0;
      this.build();
      this.talk = new Conversation(this);
      this.talk.queue.forEach(item => this.show({ clientMessageId: item.id, text: item.text, createTime: item.time, from: 'VISITOR' }));
      if (this.talk.isKnown) this.talk.run();
      document.addEventListener('visibilitychange', () => this.look());
      addEventListener('focus', () => this.look());
    }

    build() {
      const t = this.texts;
      this.badge = element('span', { className: 'badge', hidden: true, 'aria-hidden': true });
      this.launcher = element('button', { className: 'launcher', type: 'button', 'aria-expanded': false, 'aria-label': t.open, onclick: () => this.toggle() },
        icon('chat'), this.badge);
      this.heading = element('h2', { id: 'title', textContent: options.title || t.title });
      const close = element('button', { className: 'close', type: 'button', 'aria-label': t.close, onclick: () => this.close() }, icon('close'));
      this.hello = element('p', { className: 'hello', textContent: options.hello || t.hello });
      this.more = element('button', { className: 'earlier', type: 'button', hidden: true, textContent: t.earlier, onclick: () => this.loadEarlier() });
      this.list = element('ol');
      this.log = element('div', { className: 'log', role: 'log', tabIndex: 0, 'aria-labelledby': 'title', onscroll: () => this.look() }, this.hello, this.more, this.list);
      this.dots = element('div', { className: 'dots', role: 'status' });
      this.note = element('p', { className: 'note', role: 'status', hidden: true });
      this.field = element('textarea', {
        rows: 1, maxLength: MAX_TEXT, placeholder: t.write, 'aria-label': t.write, autocomplete: 'off', oninput: () => this.field.value.trim() && this.talk.writing(),
        onkeydown: e => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.submit(); } },
      });
      this.form = element('form', { onsubmit: e => { e.preventDefault(); this.submit(); } }, this.field,
        element('button', { className: 'send', 'aria-label': t.send }, icon('send')));
      this.panel = element('section', { className: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
        element('div', { className: 'bar' }, this.heading, close), this.log, this.dots, this.note, this.form);
      this.panel.addEventListener('keydown', e => { if (e.key === 'Escape') this.close(); });
      this.root.append(this.launcher, this.panel);
    }

    get isOpen() { return !this.panel.hidden; }

    toggle() { if (this.isOpen) this.close(); else this.open(); }

    open() {
      this.panel.hidden = false;
      this.toggleAttribute('opened', true);
      this.mark();
      this.talk.run();
      this.log.scrollTop = this.log.scrollHeight;
      this.field.focus();
      this.look();
    }

    /** @param for good: the page may not have the chat */
    close(forGood) {
      if (forGood === true) {
        this.note.textContent = this.texts.closed;
        this.note.hidden = false;
        this.form.hidden = true;
        return;
      }
      this.panel.hidden = true;
      this.toggleAttribute('opened', false);
      this.mark();
      this.launcher.focus();
    }

    submit() {
      const text = this.field.value.trim();
      if (!text) return;
      this.field.value = '';
      this.talk.write(text);
      this.log.scrollTop = this.log.scrollHeight;
    }

    begun(name) { if (name && !options.title) this.heading.textContent = name; }

    online(isOnline) {
      this.note.textContent = isOnline ? '' : this.texts.offline;
      this.note.hidden = isOnline;
    }

    earlier(before) { this.more.hidden = !before; }

    async loadEarlier() {
      const height = this.log.scrollHeight;
      this.more.disabled = true;
      await this.talk.loadEarlier().catch(() => {});
      this.more.disabled = false;
      this.log.scrollTop += this.log.scrollHeight - height;
      if (this.more.hidden) this.log.focus();
    }

    typing() {
      this.dots.replaceChildren(element('i'), element('i'), element('i'), element('span', { className: 'only-read', textContent: this.texts.typing }));
      clearTimeout(this.typed);
      this.typed = setTimeout(() => this.dots.replaceChildren(), 6000);
    }

    /** Shows a message, or what has become of one that is shown. */
    show(message) {
      const key = message.clientMessageId || message.id;
      const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
      let item = this.items.get(key);
      if (!item) {
        item = { node: element('li', { className: message.from === 'VISITOR' ? 'mine' : '' }), order: Infinity };
        item.day = element('span', { className: 'day' });
        item.foot = element('span', { className: 'foot' });
        item.node.append(item.day, this.bubble(message), item.foot);
        item.node.item = item;
        this.items.set(key, item);
      }
      const old = item.message || {};
      item.message = { ...old, ...message, failed: false };
      if (old.status === 'READ') item.message.status = 'READ';
      item.order = message.seq || item.order;
      this.place(item);
      this.foot(item);
      this.days();
      this.hello.hidden = true;
      if (message.from === 'BUSINESS') {
        clearTimeout(this.typed);
        this.dots.replaceChildren();
      }
      if (isAtEnd || message.from === 'VISITOR' && !message.seq) this.log.scrollTop = this.log.scrollHeight;
      this.mark();
      this.look();
    }

    bubble(message) {
      const node = element('p', { className: 'text' });
      if (message.from === 'VISITOR') node.append(element('span', { className: 'only-read', textContent: this.texts.you + ': ' }));
      for (const part of (message.text || '…').split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/)) {
        node.append(/^https?:\/\//.test(part)
          ? element('a', { href: part, target: '_blank', rel: 'noopener noreferrer nofollow', textContent: part }) : part);
      }
      return node;
    }

    /** In the order of the conversation; what waits to be sent is last. */
    place(item) {
      const { node, order } = item;
      const before = node.previousElementSibling;
      if (node.parentNode && (!before || before.item.order <= order)) return;
      node.remove();
      let next = null;
      for (let other = this.list.lastElementChild; other && other.item.order > order; other = other.previousElementSibling) next = other;
      this.list.insertBefore(node, next);
    }

    foot(item) {
      const { message, foot } = item;
      const time = new Date(message.createTime).toLocaleTimeString(this.locale, { hour: '2-digit', minute: '2-digit' });
      foot.replaceChildren(element('bdi', { textContent: time }));
      foot.className = 'foot';
      if (message.from !== 'VISITOR') return;
      if (message.failed) {
        foot.className += ' failed';
        foot.replaceChildren(this.texts.failed + ' · ', element('button', { type: 'button', textContent: this.texts.again, onclick: () => this.again(message.clientMessageId) }));
        return;
      }
      const state = !message.seq ? 'waiting' : message.seq <= this.read ? 'read' : 'sent';
      if (state === 'read') foot.className += ' seen';
      foot.append(icon({ waiting: 'clock', sent: 'tick', read: 'ticks' }[state]), element('span', { className: 'only-read', textContent: this.texts[state] }));
    }

    failed(id) {
      const item = this.items.get(id);
      item.message.failed = true;
      this.foot(item);
    }

    again(id) {
      this.items.get(id).message.failed = false;
      this.foot(this.items.get(id));
      this.talk.again(id);
    }

    readUpTo(seq) {
      this.read = Math.max(this.read, seq);
      this.items.forEach(item => item.message.from === 'VISITOR' && this.foot(item));
    }

    days() {
      const format = new Intl.DateTimeFormat(this.locale, { weekday: 'long', day: 'numeric', month: 'long' });
      let last = '';
      for (const { item } of this.list.children) {
        const day = format.format(new Date(item.message.createTime));
        item.day.hidden = day === last;
        if (item.day.textContent !== day) item.day.textContent = day;
        last = day;
      }
    }

    get unread() {
      return [...this.items.values()].map(item => item.message).filter(message => message.from === 'BUSINESS' && message.status !== 'READ');
    }

    /** What is on the screen in front of somebody is read. */
    look() {
      if (!this.isOpen || document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const bottom = this.log.getBoundingClientRect().bottom;
      const seen = this.unread.filter(message => this.items.get(message.id).node.getBoundingClientRect().top < bottom);
      if (!seen.length) return;
      seen.forEach(message => { message.status = 'READ'; });
      this.talk.seen(seen.map(message => message.id));
      this.mark();
    }

    mark() {
      const count = this.unread.length;
      const { texts } = this;
      this.badge.hidden = !count || this.isOpen;
      this.badge.textContent = count > 99 ? '99+' : count;
      this.launcher.setAttribute('aria-expanded', this.isOpen);
      this.launcher.setAttribute('aria-label', (this.isOpen ? texts.close : texts.open) + (count ? ', ' + texts.unread(count) : ''));
    }
  }

  customElements.define('recado-chat', RecadoChat);
  const mount = () => document.body.append(document.createElement('recado-chat'));
  if (document.body) mount();
  else addEventListener('DOMContentLoaded', mount);
})();
