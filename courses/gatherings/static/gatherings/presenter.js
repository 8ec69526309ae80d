// The presenter's page: keys and clicker, acts without a reload, timer and lamps. Without it every button is a form.
import { follow } from "./live.js";
import { refresh } from "./parts.js";

const main = document.getElementById("pres");
const base = main.dataset.base;

function lamp(name, level) {
  const place = document.querySelector(`[data-lamp="${name}"]`);
  if (!place) return;
  place.className = `tag ${{ good: "t-ok", fair: "t-warn", bad: "t-bad" }[level]}`;
  place.querySelector("span").textContent = place.dataset[level] || place.dataset.bad;
}

function say(which) {
  const place = document.getElementById("said");
  if (place) place.textContent = which ? place.dataset[which] : "";
}

async function redraw() {
  const reached = await refresh();
  lamp("server", reached ? "good" : "bad");
  lamp("internet", reached ? "good" : "bad");
}

// At most one redraw a second: a hall of 500 answers within moments.
let waiting = 0;
let drawn = 0;
function soon() {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    drawn = Date.now();
    redraw();
  }, Math.max(0, drawn + 1000 - Date.now()));
}

let busy = false;
async function act(form, button) {
  if (busy) return;
  busy = true;
  const body = new URLSearchParams(new FormData(form));
  body.set("action", button.value);
  // Only the deck is redrawn: it knows the present version.
  body.set("from_version", document.querySelector('#deck [name="from_version"]').value);
  let said = "";
  try {
    // Its buttons are named "action" and hide the property of that name.
    const reply = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    if (reply.status === 409) said = "late";
    else if (!reply.ok) said = "lost";
  } catch {
    said = "lost";
  }
  // A press before the new deck is drawn carries the old version, which the server refuses.
  busy = false;
  await redraw();
  say(said);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-act]") || !event.submitter) return;
  event.preventDefault();
  act(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.matches("input, textarea, select, summary, a") && event.key !== "PageDown" && event.key !== "PageUp") return;
  const key = event.key === " " ? "Space" : event.key;
  if (key === "Space" && event.target.matches("button")) return;
  const button = [...document.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys.split(" ").includes(key));
  if (!button) return;
  event.preventDefault();
  act(button.form, button);
});

setInterval(() => {
  for (const place of document.querySelectorAll("[data-clock]")) {
    const seconds = Number(place.dataset.clock) + 1;
    place.dataset.clock = seconds;
    place.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }
}, 1000);

follow(base, soon, (link) => lamp("link", { stream: "good", poll: "fair", off: "bad" }[link]));
document.body.dataset.led = "yes"; // keys are heard from here on
