// The page that plays a customer's phone. It asks the emulator what there is to show, which answers as soon as something
// has changed, and lets the person write as anybody may: with POST /_emulator/inbound.

/** @typedef {{id: string, phone: string, name: string}} Business */
/** @typedef {{phoneNumberId: string, phone: string, name: string|null}} Person */
/** @typedef {{kind: string, id: string, title: string}} Choice */
/**
 * @typedef {{wamid: string, mine: boolean, seen: boolean, time: string, kind: string, text?: string, header?: string,
 *   footer?: string, template?: string, buttons?: Choice[], answers?: string, reactsTo?: string}} Message
 */
/** @typedef {{version: number, typing: boolean, numbers: Business[], people: Person[], messages: Message[]}} View */

const RETRY_MILLIS = 1500;
const KINDS = {
  image: "Photo", video: "Video", audio: "Voice message", document: "Document", sticker: "Sticker",
  location: "Location", contacts: "Contact", template: "Template",
};
const SVG = "http://www.w3.org/2000/svg";

const at = (id) => document.getElementById(id);
const digits = (text) => text.replace(/\D/g, "");

/** The people whose phones were taken here and who have said nothing yet. @type {Map<string, string>} */
const introduced = new Map();
/** @type {View} */
let view = {version: 0, typing: false, numbers: [], people: [], messages: []};
let chosen = readChoice();
let shown = new Set();
let asking = new AbortController();

function readChoice() {
  const [business = "", person = ""] = location.hash.slice(1).split("/");
  return {business, person};
}

/** Shows another chat. */
function choose(business, person) {
  chosen = {business, person};
  history.replaceState(null, "", `#${business}/${person}`);
  shown = new Set();
  view = {...view, version: 0, messages: [], typing: false};
  asking.abort();
}

/** Asks again and again, for as long as the page is open. */
async function follow() {
  for (;;) {
    asking = new AbortController();
    const query = new URLSearchParams({number: chosen.business, person: chosen.person, after: String(view.version)});
    try {
      const answer = await fetch(`/phone/chats?${query}`, {signal: asking.signal});
      if (!answer.ok) throw new Error(await answer.text());
      view = await answer.json();
      complain("");
      settle();
      draw();
    } catch (fault) {
      if (fault.name === "AbortError") continue;
      complain("The emulator does not answer. Trying again…");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
    }
  }
}

/** Chooses what there is when nothing is chosen yet. */
function settle() {
  const business = view.numbers.some((number) => number.id === chosen.business)
    ? chosen.business : view.people[0]?.phoneNumberId ?? view.numbers[0]?.id ?? "";
  const person = chosen.person || view.people.find((one) => one.phoneNumberId === business)?.phone || "";
  if (business !== chosen.business || person !== chosen.person) choose(business, person);
}

function draw() {
  drawPeople();
  drawBusinesses();
  drawHead();
  drawMessages();
  const ready = Boolean(chosen.business && chosen.person);
  at("text").disabled = !ready;
  at("composer").querySelector("button").disabled = !ready;
}

function drawPeople() {
  const people = new Map(introduced);
  for (const one of view.people) people.set(one.phone, one.name ?? people.get(one.phone) ?? "");
  if (chosen.person && !people.has(chosen.person)) people.set(chosen.person, "");
  const options = [...people].map(([phone, name]) => option(phone, name ? `${name} (+${phone})` : `+${phone}`));
  fill(at("person"), options.length ? options : [option("", "Nobody yet")], chosen.person);
}

function drawBusinesses() {
  at("businesses").hidden = view.numbers.length < 2;
  fill(at("business"), view.numbers.map((one) => option(one.id, businessName(one))), chosen.business);
}

function drawHead() {
  const business = view.numbers.find((one) => one.id === chosen.business);
  const name = business ? businessName(business) : "No business yet";
  at("name").textContent = name;
  document.querySelector(".face").textContent = [...name][0].toUpperCase();
  at("state").textContent = view.typing ? "typing…" : business ? `+${business.phone}` : "";
}

function businessName(business) {
  return business.name || `+${business.phone}`;
}

function drawMessages() {
  const log = at("messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const isFirst = shown.size === 0;
  const nodes = [];
  let day = "";
  for (const message of view.messages) {
    const its = new Date(message.time).toDateString();
    if (its !== day) nodes.push(element("div", "day", dayName(message.time)));
    day = its;
    const node = message.kind === "reaction" ? reaction(message) : bubble(message);
    if (!isFirst && !shown.has(message.wamid)) node.classList.add("new");
    nodes.push(node);
  }
  view.messages.forEach((message) => shown.add(message.wamid));
  log.replaceChildren(...(nodes.length ? nodes : [empty()]));
  if (atEnd || isFirst) log.scrollTop = log.scrollHeight;
}

function empty() {
  const text = view.numbers.length === 0
    ? ["No business yet", "Tell the emulator about your account with PUT /_emulator/config, or start ./recado sandbox."]
    : chosen.person
      ? ["Nothing yet", "Write first: it opens the 24 hours in which the business may answer freely."]
      : ["No phone yet", "Take somebody’s phone to write to the business."];
  const node = element("p", "empty");
  node.append(element("strong", "", text[0]), text[1]);
  return node;
}

function reaction(message) {
  return element("span", message.mine ? "reaction" : "reaction theirs", message.text || "(reaction taken back)");
}

function bubble(message) {
  const node = element("article", message.mine ? "bubble mine" : "bubble");
  node.append(element("span", "unseen", message.mine ? "You:" : "Business:"));
  const quoted = message.answers && view.messages.find((one) => one.wamid === message.answers);
  if (quoted) node.append(element("p", "quote", quoted.text || KINDS[quoted.kind] || quoted.kind));
  if (message.header) node.append(element("p", "head", message.header));
  if (KINDS[message.kind] && (message.kind !== "template" || !message.text)) {
    node.append(element("p", "kind", KINDS[message.kind]));
  }
  if (message.text) node.append(element("p", "", message.text));
  if (message.footer) node.append(element("p", "foot", message.footer));
  node.append(meta(message));
  if (message.buttons?.length) node.append(choices(message));
  return node;
}

function meta(message) {
  const node = element("div", "meta");
  const time = element("time", "", new Date(message.time).toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"}));
  time.dateTime = message.time;
  node.append(time);
  if (message.mine) node.append(ticks(message.seen));
  return node;
}

/** Two ticks; blue once the business has read it. */
function ticks(seen) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 18 12");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", seen ? "Read by the business" : "Delivered");
  if (seen) svg.classList.add("seen");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M1.5 6.5l3.3 3.3 6.2-7.8M8.3 9.2l.7.6 6.7-7.8");
  svg.append(path);
  return svg;
}

function choices(message) {
  const node = element("div", "choices");
  for (const choice of message.buttons) {
    if (choice.kind === "other") {
      node.append(element("span", "", choice.title));
    } else {
      const button = element("button", "", choice.title);
      button.type = "button";
      button.addEventListener("click", () => send({message: answer(message.wamid, choice)}));
      node.append(button);
    }
  }
  return node;
}

/** What WhatsApp sends when somebody taps a button. */
function answer(wamid, choice) {
  const context = {from: view.numbers.find((one) => one.id === chosen.business)?.phone ?? "", id: wamid};
  return choice.kind === "button"
    ? {type: "button", context, button: {payload: choice.id, text: choice.title}}
    : {type: "interactive", context, interactive: {type: choice.kind, [choice.kind]: {id: choice.id, title: choice.title}}};
}

/** Lets the person say something. @returns {Promise<boolean>} whether it was taken */
async function send(what) {
  const known = view.people.find((one) => one.phone === chosen.person)?.name ?? introduced.get(chosen.person);
  const body = {phoneNumberId: chosen.business, from: chosen.person, ...(known ? {name: known} : {}), ...what};
  try {
    const reply = await fetch("/_emulator/inbound", {method: "POST", body: JSON.stringify(body)});
    const said = await reply.json();
    complain(reply.ok ? "" : said.error);
    return reply.ok;
  } catch {
    complain("That was not sent: the emulator does not answer.");
    return false;
  }
}

function complain(sentence) {
  at("fault").textContent = sentence;
  at("fault").hidden = !sentence;
}

function dayName(time) {
  const date = new Date(time);
  const today = new Date();
  return date.toDateString() === today.toDateString()
    ? "Today" : date.toLocaleDateString([], {weekday: "long", day: "numeric", month: "long"});
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function option(value, text) {
  return Object.assign(document.createElement("option"), {value, textContent: text});
}

/** Replaces a list's options only when they differ, so that an open list stays open. */
function fill(select, options, value) {
  const old = [...select.options].map((one) => one.value + one.textContent).join("\n");
  if (old !== options.map((one) => one.value + one.textContent).join("\n")) select.replaceChildren(...options);
  select.value = value;
}

at("person").addEventListener("change", (event) => { choose(chosen.business, event.target.value); });
at("business").addEventListener("change", (event) => { choose(event.target.value, chosen.person); });
at("another").addEventListener("click", () => at("dialog").showModal());
at("cancel").addEventListener("click", () => at("dialog").close());
at("introduction").addEventListener("submit", () => {
  const phone = digits(at("number").value);
  introduced.set(phone, at("called").value.trim());
  choose(chosen.business, phone);
  at("introduction").reset();
});

at("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  if (!(await send({text})) && !at("text").value) at("text").value = text;
  at("text").focus();
});

at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    at("composer").requestSubmit();
  }
});

follow();
