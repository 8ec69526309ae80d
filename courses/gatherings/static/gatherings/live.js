// Follows the small state of a gathering: an event stream; polling when no byte has come for four seconds.
const SILENCE = 4000;
const POLL = 2000;
const AGAIN = 60000; // a proxy that holds streams back is asked again after this

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// onLink is told "stream", "poll" or "off".
export function follow(base, onState, onLink = () => {}) {
  let last = -1;
  let etag = "";
  let waking = () => {};
  const take = (text) => {
    const state = JSON.parse(text);
    if (state.version < last) return;
    last = state.version;
    onState(state);
  };

  // True when at least one message came: the way is open, and worth going again.
  async function stream() {
    const stop = new AbortController();
    let heard = false;
    let timer = setTimeout(() => stop.abort(), SILENCE);
    try {
      const reply = await fetch(`${base}stream`, { signal: stop.signal, cache: "no-store", headers: { Accept: "text/event-stream" } });
      if (!reply.ok || !reply.body) return false;
      const reader = reply.body.getReader();
      const decoder = new TextDecoder();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) return heard;
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), SILENCE);
        const parts = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
        rest = parts.pop();
        for (const part of parts) {
          const data = part.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
          if (!data) continue;
          heard = true;
          onLink("stream");
          take(data);
        }
      }
    } catch {
      return heard;
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }

  async function poll() {
    try {
      const reply = await fetch(`${base}state`, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
      if (reply.status !== 304) {
        if (!reply.ok) throw new Error(String(reply.status));
        etag = reply.headers.get("ETag") || "";
        take(await reply.text());
      }
      onLink("poll");
      return true;
    } catch {
      onLink("off");
      return false;
    }
  }

  async function run() {
    for (;;) {
      const open = await stream();
      const again = Date.now() + AGAIN;
      for (;;) {
        const reached = await poll();
        if ((reached && open) || Date.now() > again) break;
        await Promise.race([pause(POLL + Math.random() * 500), new Promise((done) => { waking = done; })]);
      }
    }
  }

  // A phone that slept asks at once.
  addEventListener("online", () => waking());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    poll();
    waking();
  });
  run();
}
