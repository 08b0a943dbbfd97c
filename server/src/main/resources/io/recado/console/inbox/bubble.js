import { html, nothing } from 'lit';
import { idOf } from '../core/api.js';
import { clockTime } from '../core/format.js';
import { icon } from '../core/icons.js';
import { label, t } from '../core/i18n.js';

/**
 * How each kind of content looks. A new kind of content is one more entry here; what is not known is named, never
 * hidden.
 * @type {Record<string, (message: any, context: {templates: Map<string, any>}) => unknown>}
 */
const CONTENTS = {
  TEXT: (message) => html`<span class="text" dir="auto">${linked(message.text)}</span>`,
  TEMPLATE: (message, { templates }) => template(message.template, templates),
  UNSUPPORTED: (message) => html`<em class="text">${t('content.unsupported', { type: message.unsupported?.providerType ?? '' })}</em>`,
};

/** The content of a message. @param {any} message @param {any} context */
export const contentOf = (message, context) =>
  (CONTENTS[message.contentType] ?? (() => html`<em class="text">${label('content', message.contentType)}</em>`))(message, context);

/** One line that tells what a message is about. @param {any} message @param {Map<string, any>} [templates] */
export function summaryOf(message, templates = new Map()) {
  if (message.contentType === 'TEXT') return message.text;
  if (message.contentType === 'TEMPLATE') return renderedTemplate(message.template, templates) ?? t('content.template', { name: message.template.name });
  return message.contentType === 'UNSUPPORTED' ? t('content.unsupported', { type: '' }) : label('content', message.contentType);
}

/** @param {any} template @param {Map<string, any>} templates by name and language */
export function templateOf(template, templates) {
  return templates.get(`${template.name} ${template.language}`);
}

/** What the person reads of a template; undefined when it is not there any more. */
function renderedTemplate(given, templates) {
  const known = templateOf(given, templates);
  return known?.body ? filled(known.body.text, given.parameters ?? {}) : undefined;
}

/** A template's text with its parameters. @param {string} text @param {Record<string, any>} parameters */
export const filled = (text, parameters) => text.replace(/\{\{(\w+)\}\}/g, (whole, name) => parameters[name] || whole);

function template(given, templates) {
  const known = templateOf(given, templates);
  return html`
    <span class="of-template">${icon('templates')}${given.name}</span>
    ${known?.body ? html`<span class="text" dir="auto">${renderedTemplate(given, templates)}</span>` : html`<span class="text">${Object.values(given.parameters ?? {}).join(' · ')}</span>`}
    ${known?.footer ? html`<small class="footer">${known.footer}</small>` : nothing}
    ${known?.buttons?.length ? html`<span class="template-buttons">${known.buttons.map((one) => html`<span>${typeof one === 'string' ? one : one.text}</span>`)}</span>` : nothing}`;
}

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

/** Addresses in a text become links. @param {string} text */
function linked(text) {
  return text.split(ADDRESS).map((part, index) =>
    index % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>` : part);
}

const TICKS = { SENDING: 'clock', SENT: 'check', DELIVERED: 'ticks', READ: 'ticks', FAILED: 'error' };

/** How far an outbound message has come. @param {any} message */
export const tick = (message) => html`<span class="tick ${message.status}">${icon(TICKS[message.status] ?? 'clock', t('status.' + message.status))}</span>`;

/**
 * A message in its thread. It is a link: to all that happened to it.
 * @param {any} message
 * @param {{templates: Map<string, any>, href: (message: any) => string, isChosen: boolean}} context
 */
export function bubble(message, context) {
  const isOut = message.direction === 'OUTBOUND';
  const time = message.sendTime && message.status === 'SENDING' ? message.sendTime : message.createTime;
  return html`
    <li class="bubble ${isOut ? 'out' : 'in'} ${message.status} ${context.isChosen ? 'chosen' : ''}" data-message=${message.name ? idOf(message.name) : ''}>
      <div class="content">
        ${contentOf(message, context)}
        <span class="meta">
          ${message.name
            ? html`<a href=${context.href(message)} title=${t('message.timelineHint')} aria-label=${t(isOut ? 'message.details' : 'message.detailsIn', { time: clockTime(time), status: t('status.' + message.status) })}>
                <time datetime=${time}>${clockTime(time)}</time>${isOut ? tick(message) : nothing}</a>`
            : html`<time datetime=${time}>${clockTime(time)}</time>${tick(message)}`}
        </span>
      </div>
      ${message.error ? html`<a class="why" href=${context.href(message)}>${icon('error')}<span>${message.error.message}</span></a>` : nothing}
    </li>`;
}
