// Checks the square code of a paper without network: keys and status lists are kept on the device.

import { servePanel } from "./camera-panel.js";
import { partsOf } from "./scan-code.js";
import { statusIn } from "./status-list.js";
import { CannotCheck, openTicket } from "./ticket.js";

const STORE = "kiem-tra-du-lieu";
const root = document.querySelector("[data-offline]");
const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";

function show(kind, name) {
  for (const place of root.querySelectorAll(`[data-${kind}]`)) place.hidden = place.dataset[kind] !== name;
}

const HERE = { timeZone: "Asia/Ho_Chi_Minh" };
const moment = (date) => `${date.toLocaleTimeString(locale, { ...HERE, hour: "2-digit", minute: "2-digit" })}, ${date.toLocaleDateString(locale, HERE)}`;

// Everything or nothing: keys of today beside lists of yesterday would judge wrongly.
async function fetchAll() {
  const fresh = async (address) => {
    const answer = await fetch(address, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  };
  const first = await fresh(root.dataset.known);
  const known = await first.clone().json();
  const lists = await Promise.all(Object.values(known.lists).map(async (address) => [address, await fresh(address)]));
  const store = await caches.open(STORE);
  for (const [address, answer] of lists) await store.put(address, answer);
  await store.put(root.dataset.known, first);
}

async function kept(address) {
  const found = await (await caches.open(STORE)).match(address, { ignoreVary: true });
  return found ? found.json() : null;
}

// The oldest of the lists is how far this device knows.
async function showState() {
  const known = await kept(root.dataset.known);
  if (!known) return show("state", "nothing");
  const lists = await Promise.all(Object.values(known.lists).map(kept));
  const times = [new Date(known.at), ...lists.map((list) => new Date(list.validFrom))];
  const end = Math.min(...lists.map((list) => new Date(list.validUntil).getTime()), Infinity);
  for (const place of root.querySelectorAll("[data-as-of]")) place.textContent = moment(new Date(Math.min(...times)));
  return show("state", Date.now() > end ? "old" : "ready");
}

async function refresh() {
  show("state", "getting");
  await fetchAll().catch(() => null);
  await showState();
}

async function judge(ticket, known) {
  const list = known.lists[ticket.list] && (await kept(known.lists[ticket.list]));
  if (!list) return ["unsure", null];
  const status = await statusIn(list, ticket.index);
  if (status.withdrawn) return ["withdrawn", status.asOf];
  if (status.stale) return ["unsure", status.asOf];
  return [isOver(ticket.until) ? "expired" : "valid", status.asOf];
}

function isOver(until) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  return until !== null && until.plain < today;
}

function fill(ticket, known, asOf) {
  const facts = {
    name: ticket.name, level: ticket.level, issued: ticket.issued.words, skill: known.skills[ticket.skill] || ticket.skill,
    until: ticket.until?.words, code: ticket.code.match(/.{4}/g).join("-"), asOf: asOf ? moment(asOf) : "–",
  };
  for (const place of root.querySelectorAll("[data-fact]")) {
    place.textContent = facts[place.dataset.fact] ?? place.dataset.noEnd;
  }
}

async function check({ code, ticket: text }) {
  const facts = root.querySelector("[data-facts]");
  facts.hidden = true;
  root.querySelector("[data-bare-code]").textContent = code;
  const known = await kept(root.dataset.known);
  if (!known) return show("state", "nothing");
  if (!text) return result("bare");
  try {
    const ticket = await openTicket(text, known.keys);
    if (!ticket) return result("forged");
    const [name, asOf] = await judge(ticket, known);
    fill(ticket, known, asOf);
    facts.hidden = false;
    return result(name);
  } catch (problem) {
    if (problem instanceof CannotCheck) return result("unable");
    throw problem;
  }
}

function result(name) {
  show("result", name);
  const shown = root.querySelector(`[data-result="${name}"]`);
  shown.tabIndex = -1;
  shown.focus();
}

function serveTyped(form) {
  const field = form.querySelector("textarea");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const parts = partsOf(field.value);
    if (parts) check(parts);
    else result("forged");
  });
}

root.hidden = false;
servePanel(root.querySelector("[data-scan]"), check);
serveTyped(root.querySelector("[data-typed]"));
root.querySelector("[data-refresh]").addEventListener("click", refresh);
if ("caches" in window) refresh(); else show("state", "nothing");
navigator.serviceWorker?.register(root.dataset.worker, { scope: root.dataset.scope });
