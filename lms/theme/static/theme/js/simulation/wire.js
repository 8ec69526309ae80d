// The way to the server: events wait here, and in the browser's store, until the server has them.
const A_POST = 60;
const LONGEST_BODY = 15000;

export class Wire {
  constructor({ address, key, tag, token, onConflict, onLink }) {
    Object.assign(this, { address, tag, token, onConflict, onLink });
    this.place = `viec:${key}`;
    this.waiting = [];
    this.busy = null;
    this.pause = 1000;
    addEventListener("online", () => this.send());
  }

  // Events that an earlier page could not send.
  recalled() {
    try { return JSON.parse(localStorage.getItem(this.place)) ?? []; } catch { return []; }
  }

  keep() {
    try {
      if (this.waiting.length) localStorage.setItem(this.place, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.place);
    } catch { /* a full or forbidden store only loses the comfort of resuming */ }
  }

  add(event) {
    this.waiting.push(event);
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), 500);
  }

  // Sends what waits; resolves with the server's state when `ask`, else with nothing. Tries again until it works.
  async send(ask = false) {
    while (this.busy) await this.busy;
    clearTimeout(this.timer);
    if (!this.waiting.length && !ask) return null;
    this.busy = this.post(ask);
    const reply = await this.busy;
    this.busy = null;
    if (reply === "again") {
      await new Promise((done) => { const timer = setTimeout(done, this.pause); addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true }); });
      this.pause = Math.min(this.pause * 2, 15000);
      return this.send(ask);
    }
    this.pause = 1000;
    if (this.waiting.length) return this.send(ask);
    return reply;
  }

  batch() {
    const events = this.waiting.slice(0, A_POST);
    while (events.length > 1 && new Blob([JSON.stringify(events)]).size > LONGEST_BODY) events.pop();
    return events;
  }

  async post(ask) {
    const events = this.batch();
    const body = JSON.stringify({ from: events[0]?.n ?? 0, events, tag: this.tag, ask });
    let answer;
    try {
      answer = await fetch(this.address, { method: "POST", body, keepalive: true, headers: { "Content-Type": "application/json", "X-CSRFToken": this.token } });
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    } catch {
      this.onLink(false);
      return "again";
    }
    this.onLink(true);
    const reply = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.waiting = this.waiting.filter((event) => event.n >= reply.next);
      this.keep();
      return reply.state ?? null;
    }
    this.waiting = [];
    this.keep();
    this.onConflict(reply.state);
    return reply.state ?? null;
  }
}
