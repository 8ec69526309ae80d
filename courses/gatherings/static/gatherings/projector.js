// The big screen: redrawn when something happens; the numbers of people alone change in place.
import { follow } from "./live.js";
import { refresh } from "./parts.js";

const hall = document.body.dataset;
let drawn = hall.drawn;
let timer = 0;

function numbers(state) {
  for (const name of ["present", "answered"]) {
    for (const place of document.querySelectorAll(`[data-live="${name}"]`)) place.textContent = state[name];
  }
}

async function show(state) {
  numbers(state);
  const now = JSON.stringify([state.version, state.results, state.names ?? null]);
  if (now === drawn) return;
  clearTimeout(timer);
  if (await refresh()) drawn = now;
  else timer = setTimeout(() => show(state), 1000);
  numbers(state);
}

follow(hall.base, show);
