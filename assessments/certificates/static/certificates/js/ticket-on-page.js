// The page of a certificate, opened from the QR of the paper: the ticket proves that the asker holds the paper,
// so the full name may be shown. It is checked here; what stands behind # never reaches the server.

import { CannotCheck, openTicket } from "./ticket.js";

const place = document.querySelector("[data-ticket]");

async function outcome(text) {
  const answer = await fetch(place.dataset.ticket, { headers: { Accept: "application/json" } });
  if (!answer.ok) return ["unable"];
  const { keys } = await answer.json();
  const ticket = await openTicket(text, keys);
  if (!ticket) return ["forged"];
  return ticket.code === place.dataset.code ? ["held", ticket] : ["other"];
}

function show(name, ticket) {
  place.hidden = false;
  for (const line of place.querySelectorAll("[data-says]")) line.hidden = line.dataset.says !== name;
  if (!ticket) return;
  const shown = document.querySelector("[data-name]");
  if (shown) shown.textContent = ticket.name;
  document.querySelector("[data-masked-note]")?.remove();
}

async function check() {
  const text = location.hash.slice(1);
  // A short one is a place on this page.
  if (text.length < 80) return;
  try {
    show(...(await outcome(text)));
  } catch (problem) {
    if (!(problem instanceof CannotCheck) && !(problem instanceof TypeError)) throw problem;
    show("unable");
  }
}

window.addEventListener("hashchange", check);
check();
