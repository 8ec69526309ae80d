// After every act on the practice phone, the list beside it is asked for again.
const frame = document.querySelector("[data-trial]");
const list = document.querySelector("[data-done-list]");

async function showWhatWasDone() {
  const answer = await fetch(frame.dataset.done, { credentials: "same-origin" });
  if (answer.ok) list.innerHTML = await answer.text();
}

frame?.addEventListener("load", showWhatWasDone);
