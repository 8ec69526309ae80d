// The facilitator's phone reads the cards that are held up and marks them in the grid; the grid is what is sent.
import { cardReader, frameOf, steady } from "./read-cards.js";

const page = document.getElementById("cards");
const video = page.querySelector("video");
const seen = page.querySelector("[data-seen]");
const begin = page.querySelector("[data-begin]");
const halt = page.querySelector("[data-halt]");
const problem = page.querySelector("[data-problem]");
const form = document.getElementById("grid");
function mark(card, letter) {
  const box = form.querySelector(`input[name="card_${card}"][value="${letter}"]`);
  if (!box || box.checked) return;
  box.checked = true;
  const all = form.querySelectorAll('input[type="radio"]:checked:not([value=""])');
  seen.textContent = seen.dataset.words.replace("{n}", all.length).replace("{card}", card).replace("{letter}", letter);
}

// The next picture is taken when the last one is read: slow phones read fewer.
function look(read, sure, canvas) {
  if (!video.srcObject) return;
  if (video.videoWidth) for (const [card, letter] of sure(read(frameOf(video, canvas)))) mark(card, letter);
  setTimeout(() => look(read, sure, canvas), 100);
}

function stop() {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = halt.hidden = true;
  begin.hidden = false;
}

async function start() {
  problem.hidden = true;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 3840 } } });
  } catch {
    problem.hidden = false;
    return;
  }
  video.hidden = halt.hidden = false;
  begin.hidden = true;
  await video.play();
  look(cardReader(window.AR, JSON.parse(page.dataset.codes)), steady(), document.createElement("canvas"));
}

// Browsers give the camera to https and to this machine only; the grid is always there.
if (window.AR && navigator.mediaDevices?.getUserMedia) {
  begin.hidden = false;
  begin.addEventListener("click", start);
  halt.addEventListener("click", stop);
  addEventListener("pagehide", stop);
} else {
  problem.hidden = false;
}
