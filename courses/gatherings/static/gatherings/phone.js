// A participant's phone: draws the small state, keeps answers until the server has them. Works over plain http.
import { follow } from "./live.js";

const root = document.getElementById("step");
const { base, seat } = root.dataset;
const words = JSON.parse(root.dataset.words);
const part = (name) => root.querySelector(`[data-${name}]`);
const ASKED = ["question", "vote", "pulse"];
const SHAPES = ["M12 3 22.5 21h-21Z", "M12 2a10 10 0 1 1 0 20a10 10 0 0 1 0-20Z", "M3 3h18v18H3Z", "m12 1 11 11-11 11L1 12Z"];

// Private windows refuse storage; the answer then lives as long as the page.
const box = {
  load(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(`${seat}.${name}`)) ?? otherwise; } catch { return otherwise; }
  },
  save(name, value) {
    try { localStorage.setItem(`${seat}.${name}`, JSON.stringify(value)); } catch { /* see above */ }
  },
};
const mine = { ...box.load("mine", {}), ...JSON.parse(root.dataset.mine) };
const refused = {};
let queue = box.load("queue", []);
let state = JSON.parse(root.dataset.state);
let picked = null; // what is chosen and not yet sent: [key, letters]
let offline = false;
let drawn = "";

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const keyOf = () => `${state.step.position}.${state.step.round}`;
const waiting = (key) => queue.find((one) => `${one.position}.${one.round}` === key);

function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

function letterKey(option, place) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of [["width", 20], ["height", 20], ["viewBox", "0 0 24 24"], ["fill", "currentColor"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[place % 4]);
  svg.append(path);
  return node("span", { class: `key ${"abcd"[place % 4]}` }, option.letter, svg);
}

function said(chosen, right) {
  return [chosen && words.chosen, right && words.right_way].filter(Boolean).join(". ");
}

// [text, level]: the same as phone_screen.py says, and what only this phone knows.
function note() {
  const { phase, step, results } = state;
  const own = mine[keyOf()];
  const given = (own || []).join(", ");
  if (phase === "lobby") return [words.lobby, "info"];
  if (phase === "paused" || phase === "ended") return ["", ""];
  if (!ASKED.includes(step.kind)) return [step.prompt || "", ""];
  if (waiting(keyOf())) return [offline ? words.waiting : words.sending, "warn"];
  if (refused[keyOf()]) return [words[refused[keyOf()]] || words.refused, "warn"];
  if (phase === "discuss") return [words.discuss, "info"];
  if (phase === "shown") return [words.shown, "info"];
  if (phase === "open") return own ? [given ? words.kept.replace("%s", given) : words.voted, "ok"] : [words.open, ""];
  if (phase === "closed" || !results) return [given ? words.closed_mine.replace("%s", given) : words.closed, "info"];
  if (results.key && given) {
    const right = [...own].sort().join() === [...results.key].sort().join();
    return [[right ? words.right : words.wrong, results.why].filter(Boolean).join(" "), right ? "ok" : "info"];
  }
  return [results.why || words.result, "info"];
}

function drawNote() {
  const [text, level] = note();
  const place = part("note");
  place.hidden = !text;
  place.className = `call ${level}`;
  if (place.textContent !== text) place.textContent = text;
}

function drawOptions(form) {
  const { step, results } = state;
  const chosen = (picked && picked[0] === keyOf() && picked[1]) || waiting(keyOf())?.value || mine[keyOf()] || [];
  const key = results?.key || [];
  const rows = (step.options || []).map((option, place) => {
    const on = chosen.includes(option.letter);
    const right = key.includes(option.letter);
    const text = node("span", {}, node("b", {}, said(on, right)), option.text);
    if (!form) return node("li", { class: `opt${right ? " right" : on ? " mine" : ""}` }, letterKey(option, place), text);
    const input = node("input", { type: step.multiple ? "checkbox" : "radio", name: "value", value: option.letter, checked: on });
    return node("label", { class: `opt${on ? " mine" : ""}` }, input, letterKey(option, place), text);
  });
  part("options").replaceChildren(...(form ? rows : []));
  part("shown").replaceChildren(...(form ? [] : rows));
  part("shown").hidden = form || !rows.length;
}

function draw() {
  const { phase, step } = state;
  drawNote();
  const own = mine[keyOf()];
  const now = JSON.stringify([state.version, state.results, own, queue.length]);
  if (now === drawn) return;
  drawn = now;
  document.getElementById("problem")?.remove();
  const halted = phase === "paused" || phase === "ended" || phase === "lobby";
  const asked = !halted && phase !== "discuss" && ASKED.includes(step.kind);
  const told = !halted && !ASKED.includes(step.kind);
  part("title").textContent = { paused: words.paused, ended: words.ended, lobby: state.title }[phase] || (told ? step.title : step.prompt);
  part("small").textContent = !halted && !told ? step.title : "";
  const form = asked && phase === "open" && !(own && step.secret);
  part("answer").hidden = !form;
  part("choose").textContent = step.select ? words.choose_some.replace("%s", step.select) : words.choose;
  part("send").textContent = own ? words.again : words.send;
  if (asked) drawOptions(form);
  else part("shown").hidden = true;
  part("lines").replaceChildren(...((told && step.lines) || []).map((line) => node("li", {}, line)));
  part("lines").hidden = !told || !step.lines?.length;
  const picture = told && step.kind === "picture" && step.src;
  part("figure").hidden = !picture;
  if (picture) part("figure").replaceChildren(node("img", { src: step.src, alt: step.alt || "" }), node("figcaption", {}, step.caption || ""));
  part("go").hidden = !(told && step.href);
  if (told && step.href) part("go").firstElementChild.href = step.href;
}

let sending = false;
async function deliver() {
  if (sending) return;
  sending = true;
  while (queue.length) {
    const one = queue[0];
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 8000);
    try {
      const reply = await fetch(`${base}answer`, { method: "POST", signal: stop.signal, headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(one) });
      if (reply.status >= 500 || reply.status === 429) throw new Error(String(reply.status));
      const key = `${one.position}.${one.round}`;
      if (reply.status === 204) mine[key] = state.step.secret ? [] : one.value;
      else refused[key] = reply.status === 409 ? (await reply.json()).error : "refused";
      queue = queue.filter((other) => other.answer_uuid !== one.answer_uuid);
      offline = false;
      box.save("queue", queue);
      box.save("mine", mine);
    } catch {
      offline = true;
      setTimeout(deliver, 2500);
      break;
    } finally {
      clearTimeout(timer);
      draw();
    }
  }
  sending = false;
}

part("answer").addEventListener("change", () => {
  const chosen = [...part("options").querySelectorAll("input:checked")].map((input) => input.value);
  picked = [keyOf(), chosen];
  for (const row of part("options").children) {
    const on = row.querySelector("input").checked;
    row.classList.toggle("mine", on);
    row.querySelector("b").textContent = on ? words.chosen : "";
  }
});

part("answer").addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = [...part("options").querySelectorAll("input:checked")].map((input) => input.value);
  if (!chosen.length) return;
  const { position, round } = state.step;
  queue = [...queue.filter((one) => one.position !== position || one.round !== round), { answer_uuid: uuid(), position, round, value: chosen }];
  delete refused[keyOf()];
  picked = null;
  box.save("queue", queue);
  draw();
  deliver();
});

follow(base, (now) => {
  state = now;
  draw();
});
draw();
deliver();
addEventListener("online", deliver);
