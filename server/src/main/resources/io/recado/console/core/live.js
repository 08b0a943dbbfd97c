/**
 * What happens, as it happens. Tells `event` with each event, `state` when the connection comes or goes, and `resync`
 * when events may have been missed, so that what is shown must be read again.
 */
const FIRST_PATIENCE = 600;
const LONGEST_PAUSE = 15_000;

class Live extends EventTarget {
  isOpen = false;
  #source;
  #pause = 1000;
  #timer;
  #wasOpen = false;
  /** Resolves when the stream is open, or does not come soon: what is read after it misses nothing. */
  ready = Promise.resolve();

  start() {
    if (this.#source) return;
    this.ready = new Promise((resolve) => {
      this.addEventListener('state', () => resolve(undefined), { once: true });
      setTimeout(resolve, FIRST_PATIENCE);
    });
    this.#connect();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
    this.#wasOpen = false;
    this.#set(false);
  }

  #connect() {
    const source = new EventSource(new URL('v1/events:stream', document.baseURI));
    this.#source = source;
    source.onopen = () => {
      this.#pause = 1000;
      this.#set(true);
    };
    source.onerror = () => {
      this.#set(false);
      // The browser comes again by itself, with the last id, unless the server refused.
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        this.#timer = setTimeout(() => {
          this.#connect();
          if (this.#wasOpen) this.addEventListener('state', () => this.dispatchEvent(new Event('resync')), { once: true });
        }, this.#pause);
        this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
      }
    };
    source.onmessage = (message) => this.#told(message);
    // Events between were deleted meanwhile.
    source.addEventListener('reset', () => this.dispatchEvent(new Event('resync')));
    for (const type of TYPES) source.addEventListener(type, (message) => this.#told(message));
  }

  #told(message) {
    this.dispatchEvent(new CustomEvent('event', { detail: JSON.parse(message.data) }));
  }

  #set(isOpen) {
    if (isOpen) this.#wasOpen = true;
    this.isOpen = isOpen;
    this.dispatchEvent(new Event('state'));
  }
}

/** Every type of event: a stream may name its events by them. */
export const TYPES = [
  'message.created', 'message.sent', 'message.delivered', 'message.read', 'message.failed', 'message.received',
  'conversation.created', 'conversation.updated', 'template.updated', 'channel.updated',
  'webhookEndpoint.disabled', 'webhookEndpoint.gap',
];

export const live = new Live();
