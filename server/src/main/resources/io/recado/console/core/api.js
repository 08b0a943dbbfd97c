/**
 * The public API, as any program would call it; the browser adds the session's cookie by itself.
 */

/** @typedef {{field: string, description: string}} Violation */

/** A call that was refused or did not arrive. Its message is a sentence for people. */
export class ApiProblem extends Error {
  /**
   * @param {number} status 0 when nothing was heard from the server
   * @param {string} reason the API's reason, or OFFLINE
   * @param {string} message
   * @param {Violation[]} violations
   */
  constructor(status, reason, message, violations = []) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.violations = violations;
  }

  /** What is wrong with a field, or with one inside of it. @param {string} field */
  about(field) {
    return this.violations
      .filter((one) => one.field === field || one.field.startsWith(field + '.'))
      .map((one) => one.description)
      .join(' ');
  }
}

/** Told of calls that were refused because nobody is signed in; set by the session. */
export const unauthenticated = { told: () => {} };

/** Says that the server was not heard; set once the language is known. */
export const offline = { text: 'The server does not answer.' };

/** A key for one request, made before its first try. Works without TLS too, unlike randomUUID. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} method
 * @param {string} path without the leading `/v1/`, already encoded
 * @param {{query?: Record<string, unknown>, body?: unknown, key?: string, bearer?: string, signal?: AbortSignal}} [options]
 * @returns {Promise<any>} the answer; null when there is none
 */
export async function call(method, path, { query = {}, body, key, bearer, signal } = {}) {
  const url = new URL('v1/' + path, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value));
  }
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'POST' && path !== 'session') headers['Idempotency-Key'] = key ?? newKey();
  if (bearer) headers.Authorization = 'Bearer ' + bearer;
  let response;
  let text;
  try {
    response = await fetch(url, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'OFFLINE', offline.text);
  }
  if (response.status === 204) return null;
  const answer = parsed(text);
  if (response.ok && answer) return answer;
  if (response.ok) throw new ApiProblem(0, 'OFFLINE', offline.text);
  const problem = refusal(response.status, answer?.error ?? {});
  if (response.status === 401 && !bearer) unauthenticated.told();
  throw problem;
}

/** Undefined for what is no JSON, such as the page of a proxy in between. @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {number} status @param {any} error */
function refusal(status, error) {
  const details = error.details ?? [];
  const reason = details.find((one) => one.reason)?.reason ?? String(status);
  const violations = details.find((one) => one.fieldViolations)?.fieldViolations ?? [];
  return new ApiProblem(status, reason, error.message ?? `The server answered ${status}.`, violations);
}

export const get = (path, query, signal) => call('GET', path, { query, signal });
export const post = (path, body, key) => call('POST', path, { body: body ?? {}, key });
export const patch = (path, body, updateMask) => call('PATCH', path, { body, query: { updateMask } });
export const remove = (path) => call('DELETE', path);

/**
 * Everything of a list that is never long, such as channels.
 * @param {string} path
 * @param {string} plural
 * @param {Record<string, unknown>} [query]
 * @returns {Promise<any[]>}
 */
export async function all(path, plural, query = {}) {
  const items = [];
  let pageToken;
  do {
    const page = await get(path, { ...query, pageSize: 100, pageToken });
    items.push(...page[plural]);
    pageToken = page.nextPageToken;
  } while (pageToken && items.length < 5000);
  return items;
}

/** The last part of a resource name. @param {string} name */
export const idOf = (name) => name.slice(name.lastIndexOf('/') + 1);

/** The name of what a resource is in. @param {string} name */
export const parentOf = (name) => name.split('/').slice(0, -2).join('/');
