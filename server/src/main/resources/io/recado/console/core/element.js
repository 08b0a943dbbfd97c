import { LitElement } from 'lit';

/** A part of the console. In the page's own tree: one stylesheet, and labels that reach across parts. */
export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.leaving = new AbortController();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leaving.abort();
  }

  /** Listens until this part is taken away. @param {EventTarget} target @param {string} type @param {(event: any) => void} listener */
  listen(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.leaving.signal });
  }

  /** Calls at intervals until this part is taken away. @param {number} millis @param {() => void} action */
  every(millis, action) {
    const timer = setInterval(action, millis);
    this.leaving.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /**
   * Does something that may fail: its problem becomes `this.problem`.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async attempt(work) {
    this.problem = undefined;
    this.busy = true;
    this.requestUpdate();
    try {
      return await work();
    } catch (error) {
      this.problem = error;
      return undefined;
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
  }
}

/** Tells a part's surroundings. @param {EventTarget} target @param {string} type @param {any} [detail] */
export const tell = (target, type, detail) =>
  target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, cancelable: true }));
