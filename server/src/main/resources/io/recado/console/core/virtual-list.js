import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';
import { Part, tell } from './element.js';

// The library asks how it was built.
globalThis.process ??= { env: { NODE_ENV: 'production' } };

const NEAR_END = 15;

/**
 * A list of which only what can be seen is in the page, however long it is. Tells `near-end` when there is little
 * left below, so that the next page can be read.
 *
 * Arrow keys, Home, End and Page keys move between rows; a row's first link or button takes the focus.
 */
export class VirtualList extends Part {
  static properties = {
    items: { attribute: false },
    row: { attribute: false },
    keyOf: { attribute: false },
    rowHeight: { type: Number },
    label: {},
  };

  constructor() {
    super();
    /** @type {any[]} */
    this.items = [];
    this.row = (item) => item;
    this.keyOf = (item) => item.name;
    this.rowHeight = 72;
    this.label = '';
    this.at = 0;
  }

  firstUpdated() {
    this.virtualizer = new Virtualizer(this.#options());
    this.release = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.release?.();
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.virtualizer) this.release = this.virtualizer._didMount();
  }

  willUpdate() {
    this.virtualizer?.setOptions(this.#options());
  }

  updated() {
    this.virtualizer?._willUpdate();
    const rows = this.virtualizer?.getVirtualItems() ?? [];
    const last = rows.at(-1)?.index ?? -1;
    if (rows.length > 0 && last >= this.items.length - NEAR_END) tell(this, 'near-end');
  }

  #options() {
    return {
      count: this.items.length,
      getScrollElement: () => this.querySelector('.virtual'),
      estimateSize: () => this.rowHeight,
      getItemKey: (index) => this.keyOf(this.items[index]),
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.requestUpdate(),
    };
  }

  /**
   * Shows a row and gives it the focus; at once when it is in the page, so that a key that follows is not lost.
   * @param {number} index
   */
  async focusRow(index) {
    if (this.items.length === 0) return;
    this.at = Math.max(0, Math.min(this.items.length - 1, index));
    this.virtualizer.scrollToIndex(this.at, { align: 'auto' });
    this.requestUpdate();
    const shown = this.#focusable();
    if (shown) {
      shown.focus();
      return;
    }
    await this.updateComplete;
    requestAnimationFrame(() => this.#focusable()?.focus());
  }

  #focusable() {
    return this.querySelector(`[data-index="${this.at}"] :is(a, button)`);
  }

  #keys(event) {
    const page = Math.max(1, Math.floor((this.clientHeight || 600) / this.rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = event.target.closest('[data-index]');
    event.preventDefault();
    this.focusRow((row ? Number(row.dataset.index) : this.at) + step);
  }

  render() {
    const rows = this.virtualizer?.getVirtualItems() ?? [];
    const height = this.virtualizer?.getTotalSize() ?? 0;
    return html`
      <div class="virtual" tabindex="-1" @keydown=${(event) => this.#keys(event)}>
        <div class="virtual-all" role="list" aria-label=${this.label} .style=${`height: ${height}px`}>
          ${repeat(rows, (one) => one.key, (one) => html`
            <div class="virtual-row" role="listitem" aria-setsize=${this.items.length} aria-posinset=${one.index + 1}
              data-index=${one.index} .style=${`transform: translateY(${one.start}px); height: ${one.size}px`}>
              ${this.row(this.items[one.index], one.index)}
            </div>`)}
        </div>
      </div>`;
  }
}
customElements.define('recado-virtual-list', VirtualList);
