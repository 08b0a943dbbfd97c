import { call, get, remove, unauthenticated } from './api.js';

const RANK = ['READER', 'SENDER', 'ADMIN'];

/** Who is signed in. Tells `change`. */
class Session extends EventTarget {
  /** @type {any} null when nobody is signed in; undefined until it is known */
  current = undefined;
  /** Whether a session ended while it was in use. */
  hasEnded = false;

  constructor() {
    super();
    unauthenticated.told = () => {
      if (this.current) {
        this.hasEnded = true;
        this.#set(null);
      }
    };
  }

  /** Finds out; with a key in the address, as the sandbox prints it, signs in by itself. */
  async begin() {
    const key = keyOfAddress();
    try {
      this.#set(await get('session'));
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      if (key && isLoopback()) {
        await this.signIn(key).catch(() => this.#set(null));
      } else {
        this.offered = key;
        this.#set(null);
      }
    }
  }

  /** @param {string} key */
  async signIn(key) {
    await call('POST', 'session', { bearer: key });
    // Asked anew: a browser that refused the cookie must not look signed in.
    this.#set(await get('session'));
    this.hasEnded = false;
  }

  async signOut() {
    await remove('session').catch(() => {});
    this.hasEnded = false;
    this.#set(null);
  }

  /** Whether the key's role allows what asks for this one. @param {string} role */
  can(role) {
    return RANK.indexOf(this.current?.apiKey.role) >= RANK.indexOf(role);
  }

  /** Whether the key may use what belongs to no channel. */
  get isUnconfined() {
    return !this.current?.apiKey.channels;
  }

  #set(session) {
    this.current = session;
    this.dispatchEvent(new Event('change'));
  }
}

/** A key given as `#key=…`; taken out of the address before anything else happens. */
function keyOfAddress() {
  const given = /^#key=(.+)$/.exec(location.hash);
  if (!given) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return decodeURIComponent(given[1]);
}

/** On this machine alone a link signs in by itself: elsewhere it could sign a person in as somebody else unnoticed. */
const isLoopback = () => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

export const session = new Session();
