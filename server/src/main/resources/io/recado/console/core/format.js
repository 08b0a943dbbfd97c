import { language, t } from './i18n.js';

const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options */
function format(options) {
  const key = language() + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(language(), options);
    formats.set(key, known);
  }
  return known;
}

/** @param {string | Date} time */
export const clockTime = (time) => format({ timeStyle: 'short' }).format(new Date(time));

/** To the second, for what is looked at closely. @param {string} time */
export const exactTime = (time) => format({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(new Date(time));

/** @param {string} time */
export const fullTime = (time) => format({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));

/** A sentence of the server, with its times as the reader has them. @param {string} text */
export const withLocalTimes = (text) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, fullTime);

/** @param {string} time */
export const shortDate = (time) => format({ dateStyle: 'medium' }).format(new Date(time));

/** Today, yesterday, or the date. @param {string} time */
export function dayName(time) {
  const days = daysAgo(time);
  if (days <= 1) {
    const name = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-days, 'day');
    return name.charAt(0).toLocaleUpperCase(language()) + name.slice(1);
  }
  return format(days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', year: days > 300 ? 'numeric' : undefined }).format(new Date(time));
}

/** For a narrow column: the time today, else the day. @param {string} time */
export function briefTime(time) {
  const days = daysAgo(time);
  if (days <= 0) return clockTime(time);
  if (days === 1) return dayName(time);
  return format(days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' }).format(new Date(time));
}

/** @param {string} time */
function daysAgo(time) {
  const day = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((day(new Date()) - day(new Date(time))) / 86_400_000);
}

/** `3 h 20 min`, the two largest units. @param {number} millis */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (days) return t('duration.days', { days, hours });
  if (hours) return t('duration.hours', { hours, minutes });
  if (minutes) return t('duration.minutes', { minutes });
  return t('duration.seconds', { seconds });
}

/** How long ago, roughly. @param {string} time */
export function ago(time) {
  const seconds = (Date.now() - new Date(time).getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  if (seconds < 60) return t('time.now');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  return relative.format(-Math.floor(seconds / 86_400), 'day');
}

/** @param {number} value */
export const number = (value) => value.toLocaleString(language());

/** `1,240 ms` or `3.2 s`. @param {number} millis */
export const latency = (millis) =>
  millis < 10_000 ? `${number(Math.round(millis))} ms` : `${number(Math.round(millis / 100) / 10)} s`;

/** Phone numbers in groups, so that they can be read aloud. @param {string} text */
export const phone = (text) => text.replace(/^(\+\d{1,3})(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3 $4');

/** What a person is called. @param {any} contact */
export const nameOf = (contact) =>
  contact?.displayName || (contact?.phoneNumber && phone(contact.phoneNumber)) || t('contact.unnamed');
