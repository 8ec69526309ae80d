// An activity on a page: opens its frame, hears what it says, and sends that on. The frame is believed nothing else.
const QUEUE = "h5p.queue";
// The frame has no cookies, so it is told how the reader wants pages shown.
const { theme, text } = document.documentElement.dataset;
const DISPLAY = theme && text ? `?mau=${theme}&chu=${text}` : "";
// Words come in the language of the page, whatever the browser was set to.
const LANGUAGE = document.documentElement.lang || "vi";
const MOST_QUEUED = 200;
const MOST_BYTES = 64 * 1024;
// A library that shouts more than this a second is not listened to.
const MOST_MESSAGES = 20;
const KINDS = new Set(["ready", "size", "state", "statement", "result"]);

function queued() {
  try {
    return JSON.parse(localStorage.getItem(QUEUE)) || [];
  } catch {
    return [];
  }
}

function keepQueue(list) {
  try {
    localStorage.setItem(QUEUE, JSON.stringify(list.slice(-MOST_QUEUED)));
  } catch {
    // A full or forbidden store: what cannot wait is lost, and the page says that there is no connection.
  }
}

// randomUUID is not there on plain http, as on a hall's laptop.
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

async function post(url, body, csrf) {
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Accept-Language": LANGUAGE, "X-CSRFToken": csrf || "" },
    body: JSON.stringify(body),
  });
}

class Activity {
  constructor(root) {
    this.root = root;
    this.data = root.dataset;
    this.said = root.querySelector("[data-said]");
    this.number = 0;
    this.heard = [];
    root.querySelector("[data-acts]").hidden = false;
    this.begin = root.querySelector("[data-begin]");
    this.again = root.querySelector("[data-again]");
    this.begin.addEventListener("click", () => this.open(false));
    this.again.addEventListener("click", () => this.open(true));
    window.addEventListener("message", (event) => this.hear(event));
    window.addEventListener("online", () => this.flush());
    this.flush();
  }

  say(words) {
    this.said.textContent = words;
  }

  async open(again) {
    this.begin.disabled = this.again.disabled = true;
    this.say(this.data.loading);
    try {
      await this.flush();
      const address = this.data.csrf ? await this.start(again) : await this.visit();
      if (address) this.show(address);
    } catch {
      this.say(this.data.failed);
    }
    this.begin.disabled = this.again.disabled = false;
  }

  async start(again) {
    const body = { place: this.data.place, attempt_uuid: newUuid(), again };
    const answer = await post(this.data.start, body, this.data.csrf);
    const told = await answer.json();
    if (!answer.ok) {
      this.say(told.message);
      return "";
    }
    this.attempt = told.attempt;
    this.number = told.state_number;
    return told.frame;
  }

  async visit() {
    const answer = await fetch(this.data.open, { headers: { "Accept-Language": LANGUAGE } });
    const told = await answer.json();
    if (told.message) this.say(told.message);
    this.frameAddress = told.frame;
    return told.frame;
  }

  show(address) {
    this.ended = false;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = this.data.title;
    frame.src = address + DISPLAY;
    frame.height = 320;
    this.root.querySelector("[data-frame]").replaceChildren(frame);
    this.frame = frame;
    this.begin.hidden = true;
    this.again.hidden = true;
    this.say("");
    frame.focus();
  }

  hear(event) {
    const message = event.data;
    if (!this.frame || event.source !== this.frame.contentWindow) return;
    if (!message || message.h5p !== 1 || !KINDS.has(message.kind)) return;
    const now = performance.now();
    this.heard = this.heard.filter((moment) => now - moment < 1000);
    // The result comes once and must not drown in what a library shouts.
    if (this.heard.length >= MOST_MESSAGES && message.kind !== "result") return;
    this.heard.push(now);
    if (message.kind === "size") this.resize(message.height);
    else if (message.kind === "state") this.keepState(message.state);
    else if (message.kind === "statement") this.keepStatement(message.statement);
    else if (message.kind === "result") this.finish(message);
  }

  resize(height) {
    if (Number.isFinite(height)) this.frame.height = Math.min(Math.max(Math.ceil(height), 120), 4000);
  }

  keepState(state) {
    if (!this.attempt || this.ended) return;
    const text = JSON.stringify(state);
    if (text === this.lastState || text.length > MOST_BYTES) return;
    this.lastState = text;
    this.send("trang-thai", { number: ++this.number, state });
  }

  keepStatement(statement) {
    if (this.attempt && !this.ended) this.send("phat-bieu", { statement_uuid: newUuid(), statement });
  }

  async finish({ snapshot, claimed }) {
    if (this.ended) return;
    this.ended = true;
    if (!this.attempt) {
      const answer = await post(this.data.judge, { frame: this.frameAddress.split("/").slice(-2)[0], snapshot }, "");
      this.verdict(await answer.json());
      return;
    }
    this.send("ket-qua", { result_uuid: newUuid(), snapshot, claimed });
  }

  verdict(told) {
    if (told.message) this.say(told.message);
    else if (told.verified) this.say(this.data.score.replace("{raw}", told.raw).replace("{maximum}", told.maximum));
    else this.say(this.data.practice);
    this.again.hidden = false;
  }

  // Everything goes through the queue of this device, in order, so that nothing is lost without a connection.
  send(what, body) {
    if (JSON.stringify(body).length > MOST_BYTES) return;
    const url = this.data.own.replace("00000000-0000-0000-0000-000000000000", this.attempt).replace("trang-thai", what);
    const rest = what === "trang-thai" ? queued().filter((one) => one.url !== url) : queued();
    keepQueue([...rest, { url, body, owner: this.data.owner }]);
    this.flush();
  }

  // A device may have many owners: each one's answers wait for that person.
  mine() {
    return queued().filter((one) => one.owner === this.data.owner);
  }

  async flush() {
    if (!this.data.csrf || Activity.sending) return;
    Activity.sending = true;
    try {
      for (let list = this.mine(); list.length; list = this.mine()) {
        const answer = await post(list[0].url, list[0].body, this.data.csrf);
        // The server is not well: what waits keeps its place. A refusal is final.
        if (answer.status >= 500) throw new Error(answer.status);
        keepQueue(queued().filter((one) => JSON.stringify(one) !== JSON.stringify(list[0])));
        Activity.answered(list[0], answer.status === 204 ? null : await answer.json());
      }
    } catch {
      if (this.mine().length) this.say(this.data.offline);
    } finally {
      Activity.sending = false;
    }
  }

  static answered(sent, told) {
    const activity = Activity.all.find((one) => one.attempt && sent.url.includes(one.attempt));
    if (!activity) return;
    if (told && sent.url.includes("ket-qua")) activity.verdict(told);
    else if (!activity.ended) activity.say(told && told.message ? told.message : activity.data.kept);
  }
}

Activity.sending = false;
Activity.all = [];
for (const root of document.querySelectorAll("[data-h5p]")) Activity.all.push(new Activity(root));
