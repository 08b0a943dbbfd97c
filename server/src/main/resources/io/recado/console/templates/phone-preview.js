import { html, nothing } from 'lit';
import { filled } from '../inbox/bubble.js';

/**
 * A template as it looks on a phone.
 * @param {any} template
 * @param {Record<string, string>} [parameters] what is not given stays as its name
 */
export function phonePreview(template, parameters = {}) {
  const text = template.body ? filled(template.body.text, parameters) : '';
  return html`
    <div class="phone"><div class="screen">
      <div class="phone-bubble">
        ${header(template.header)}
        <p>${text.split(/(\{\{\w+\}\})/).map((part) => (/^\{\{/.test(part) ? html`<mark>${part.slice(2, -2)}</mark>` : part))}</p>
        ${template.footer ? html`<small>${template.footer}</small>` : nothing}
      </div>
      ${(template.buttons ?? []).map((one) => html`<span class="phone-button">${typeof one === 'string' ? one : one.text}</span>`)}
    </div></div>`;
}

/** @param {any} given */
function header(given) {
  if (!given) return nothing;
  if (typeof given === 'string') return html`<strong>${given}</strong>`;
  return given.text ? html`<strong>${given.text}</strong>` : html`<span class="phone-media">${given.format ?? given.type ?? ''}</span>`;
}
