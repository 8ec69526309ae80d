// Plays a simulated task in the page: acts locally at once, tells the server what was done, asks it where only it knows.
// Without this module every form works by itself.
import { drawScreen, h, viewOf } from "./draw.js";
import { asks, problemOf, step } from "./machine.js";
import { enabled, fill, INPUTS, OPTION_TAPS, shown, TYPED, worldOf } from "./world.js";
import { Wire } from "./wire.js";

class Player {
  constructor(root, data) {
    const { key, icons, pictures, trace, result } = root.dataset;
    Object.assign(this, { root, result, draft: {}, problems: {}, started: performance.now() });
    this.shared = { world: worldOf(data.world), words: data.words, icons, pictures };
    this.frame = root.querySelector("[data-frame]");
    this.outside = root.querySelector("[data-outside]");
    this.link = root.querySelector("[data-link]");
    this.first = data.state.t;
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    this.wire = new Wire({ address: trace, key, tag: data.tag, token, onConflict: (state) => this.resumeAt(state), onLink: (up) => this.tellLink(up) });
    this.state = data.state;
  }

  get world() { return this.shared.world; }
  get elements() { return this.world.screens.get(this.state.screen).elements.filter((one) => shown(this.world, this.state, one)); }

  async begin() {
    const kept = this.wire.recalled().filter((event) => event.n >= this.state.n);
    if (kept.length && kept[0].n === this.state.n) {
      this.wire.waiting = kept;
      this.state = (await this.wire.send(true)) ?? this.state;
    }
    this.frame.addEventListener("submit", (event) => this.submitted(event));
    this.frame.addEventListener("change", (event) => this.changed(event));
    this.frame.addEventListener("click", (event) => this.jumped(event));
    this.frame.addEventListener("keydown", (event) => this.keyed(event));
    document.querySelector("#khung").addEventListener("submit", (event) => this.submitted(event));
    this.draw();
    this.root.dataset.ready = "";
  }

  time() { return Math.max(this.state.t, this.first + Math.round(performance.now() - this.started)); }
  event(a, e = null, v = null) { return { n: this.state.n, t: this.time(), s: this.state.screen, e, a, v }; }

  // What the page holds for an input; undefined when it is not there.
  posted(form, element) {
    if (TYPED.has(element.type)) return form.elements[element.id]?.value.normalize("NFC").trim();
    if (element.type === "stepper") { const text = form.elements[element.id]?.value ?? ""; return /^\d{1,9}$/.test(text) ? Number(text) : text; }
    if (element.type === "toggle" || element.type === "checkbox") return form.elements[element.id]?.checked;
    const fields = new FormData(form);
    if (element.type === "checks") return fields.getAll(element.id);
    return fields.get(element.id) || undefined;
  }

  isSame(element, value) {
    const old = this.state.values[element.id];
    if (typeof value === "boolean") return Boolean(old) === value;
    if (Array.isArray(value)) return JSON.stringify(old ?? []) === JSON.stringify(value);
    return element.type === "stepper" ? old === value || (value === "" && old === undefined) : (old || "") === (value || "");
  }

  // A `set` for every input that changed, in the order of the screen; false when a field did not take its text.
  setAll(form) {
    this.problems = {};
    this.draft = {};
    const screen = this.state.screen;
    for (const element of this.elements.filter((one) => INPUTS.has(one.type) && enabled(this.world, this.state, one))) {
      const value = this.posted(form, element);
      if (value === undefined || this.isSame(element, value)) continue;
      const problem = problemOf(element, value);
      if (problem) { this.problems[element.id] = problem; this.draft[element.id] = value; continue; }
      this.take(this.event("set", element.id, value));
      if (this.state.screen !== screen) return false;
    }
    return !Object.keys(this.problems).length;
  }

  take(event) {
    const after = step(this.world, this.state, event);
    if (!after) return false;
    this.state = after;
    this.wire.add(event);
    return true;
  }

  async submitted(event) {
    event.preventDefault();
    const button = event.submitter;
    const form = this.frame.querySelector("form.body");
    if (this.asking || !button) return;
    const from = this.state.screen;
    const isFrame = button.name === "khung";
    const whole = isFrame || this.setAll(form);
    if (whole && this.state.screen === from) {
      const act = isFrame ? this.event(button.value) : this.tapOf(button.value);
      if (asks(this.world, this.state, act)) await this.ask(act);
      else this.take(act);
    }
    this.draw(from);
  }

  tapOf(value) {
    const [name, rest] = value.split(".");
    const element = this.elements.find((one) => one.id === name);
    if (OPTION_TAPS.has(element?.type)) return this.event("tap", name, rest);
    return this.event("tap", name, element?.type === "rows" ? Number(rest) : null);
  }

  // Only the server knows what follows: it is told everything and says where the person stands now.
  async ask(event) {
    this.asking = true;
    this.frame.setAttribute("aria-busy", "true");
    this.wire.add(event);
    const state = await this.wire.send(true);
    this.frame.removeAttribute("aria-busy");
    this.asking = false;
    if (state) this.state = state;
    if (this.state.ended) location.assign(this.result);
  }

  // Leaving a field keeps what was typed; the screen is drawn again only when something appears or goes.
  changed(event) {
    if (this.asking) return;
    const before = this.signature();
    const from = this.state.screen;
    this.setAll(this.frame.querySelector("form.body"));
    this.problems = {};
    if (this.signature() === before) return;
    // A text field is often left by pressing a button: the button must still be there when the press ends.
    const isTyped = !["radio", "checkbox", "select-one"].includes(event.target.type);
    this.later = setTimeout(() => this.draw(from), isTyped ? 400 : 0);
  }

  signature() { return this.state.screen + this.elements.map((one) => one.id + enabled(this.world, this.state, one)).join(); }

  jumped(event) {
    const link = event.target.closest('a[href^="#f-"]');
    if (!link) return;
    event.preventDefault();
    document.querySelector(link.getAttribute("href"))?.focus();
  }

  keyed(event) {
    if (event.key !== "Escape" || this.world.screens.get(this.state.screen).kind !== "dialog") return;
    this.frame.querySelector(".bk")?.click();
  }

  resumeAt(state) {
    if (!state) { location.assign(this.result); return; }
    this.state = state;
    this.link.textContent = this.shared.words.again;
    if (state.ended) location.assign(this.result);
    else if (!this.asking) this.draw();
  }

  tellLink(up) {
    if (up === this.up) return;
    this.up = up;
    this.link.textContent = up ? "" : this.shared.words.waiting;
  }

  draw(from = null) {
    clearTimeout(this.later);
    if (this.state.ended) return;
    const focused = document.activeElement;
    const again = focused?.name ? `[name="${CSS.escape(focused.name)}"][value="${CSS.escape(focused.value)}"]` : null;
    const inside = this.frame.contains(focused);
    const { parts, title, kind } = drawScreen(viewOf(this.shared, this.state, this.problems, this.draft));
    const box = this.frame.querySelector("[data-screen]");
    box.replaceChildren(...parts);
    this.frame.className = `phone d-${this.world.device} k-${kind}`;
    box.classList.toggle("in", from !== null && from !== this.state.screen);
    if (kind === "dialog") { box.setAttribute("role", "dialog"); box.setAttribute("aria-labelledby", "ten-man-hinh"); }
    else { box.removeAttribute("role"); box.removeAttribute("aria-labelledby"); }
    this.tellHint();
    const summary = box.querySelector("[data-error-summary]");
    if (summary) summary.focus();
    else if (from !== null && from !== this.state.screen) this.arrive(title);
    else if (inside && again) (box.querySelector(again) ?? box.querySelector("h2")).focus({ preventScroll: true });
  }

  arrive(title) {
    document.title = title;
    const heading = this.frame.querySelector("h2");
    heading.setAttribute("aria-label", this.shared.words.screen.replace("%(title)s", title));
    heading.focus({ preventScroll: true });
    const top = this.frame.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) this.frame.scrollIntoView({ block: "start" });
  }

  tellHint() {
    const { world, words } = this.shared;
    this.outside.replaceChildren(...(this.state.hinted ? [h("p", { class: "call info", role: "status" }, h("span", {}, h("b", {}, `${words.hint}: `), fill(world, this.state, this.state.said)))] : []));
    const button = document.querySelector("[data-hint]");
    if (button) button.hidden = !this.shared.hints.includes(this.state.screen);
  }
}

const root = document.querySelector("[data-task]");
if (root) {
  const answer = await fetch(root.dataset.task).catch(() => null);
  if (answer?.ok) {
    const data = await answer.json();
    const player = new Player(root, data);
    player.shared.hints = data.hints;
    await player.begin();
  }
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
