/** Where the reader is: the fragment of the address, so that the server has one page and links work anywhere. */
class Router extends EventTarget {
  constructor() {
    super();
    window.addEventListener('hashchange', () => this.dispatchEvent(new Event('change')));
  }

  /** @returns {string[]} such as `['inbox', channel, conversation]` */
  get path() {
    const path = location.hash.replace(/^#\/?/, '').split('?')[0];
    return path ? path.split('/').map(decodeURIComponent) : [];
  }

  /** @param {...string} parts */
  to(...parts) {
    location.hash = link(...parts);
  }

  /** Goes there without a step to come back to. @param {...string} parts */
  replace(...parts) {
    history.replaceState(null, '', link(...parts));
    this.dispatchEvent(new Event('change'));
  }
}

export const router = new Router();

/** An address within the console. @param {...string} parts */
export const link = (...parts) => '#/' + parts.map(encodeURIComponent).join('/');
