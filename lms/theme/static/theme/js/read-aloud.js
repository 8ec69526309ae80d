// Reads a text aloud: its recording if there is one, else the Vietnamese voice of the browser.
// Where there is neither the control stays hidden.

const speech = window.speechSynthesis;

function vietnameseVoice() {
  return speech ? speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("vi")) : undefined;
}

function clock(seconds) {
  const whole = Math.round(seconds) || 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Long utterances are cut off by some browsers, so a text is read sentence by sentence.
function sentencesOf(target) {
  const marked = target.querySelectorAll("[data-read]");
  const parts = marked.length ? [...marked] : [target];
  return parts
    .flatMap((part) => part.innerText.split(/(?<=[.!?:])\s+|\n+/))
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

function speedOf(control) {
  return Number(control.querySelector("input:checked")?.value ?? 1);
}

function show(control, playing) {
  control.querySelector('[data-when="rest"]').hidden = playing;
  control.querySelector('[data-when="playing"]').hidden = !playing;
}

function open(control) {
  for (const part of [control, ...control.querySelectorAll("[data-listen-button], [data-listen-speed]")]) {
    part.hidden = false;
  }
}

function playRecording(control) {
  const audio = control.querySelector("audio");
  const bar = control.querySelector("[data-listen-bar]");
  audio.controls = false;
  audio.hidden = true;
  open(control);
  audio.addEventListener("timeupdate", () => {
    bar.hidden = false;
    bar.querySelector("[data-listen-now]").textContent = clock(audio.currentTime);
    bar.querySelector("[data-listen-end]").textContent = clock(audio.duration);
    bar.querySelector(".p-fg").setAttribute("width", `${(99 * audio.currentTime) / (audio.duration || 1)}%`);
  });
  for (const happening of ["play", "pause", "ended"]) {
    audio.addEventListener(happening, () => show(control, !audio.paused));
  }
  control.addEventListener("change", () => { audio.playbackRate = speedOf(control); });
  control.querySelector("[data-listen-button]").addEventListener("click", () => {
    audio.playbackRate = speedOf(control);
    if (audio.paused) audio.play(); else audio.pause();
  });
}

function speak(control) {
  const target = document.getElementById(control.dataset.listen);
  const voice = vietnameseVoice();
  speech.cancel();
  show(control, true);
  const sentences = sentencesOf(target);
  sentences.forEach((sentence, place) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = "vi-VN";
    utterance.voice = voice;
    utterance.rate = speedOf(control);
    if (place === sentences.length - 1) utterance.onend = () => show(control, false);
    utterance.onerror = () => show(control, false);
    speech.speak(utterance);
  });
}

function useVoice(control) {
  if (!vietnameseVoice() || !control.hidden || !document.getElementById(control.dataset.listen)) return;
  open(control);
  control.querySelector("[data-listen-button]").addEventListener("click", () => {
    if (!speech.speaking) return speak(control);
    speech.cancel();
    show(control, false);
  });
  control.addEventListener("change", () => { if (speech.speaking) speak(control); });
  // What is heard must be what is seen: another screen ends the reading of the former one.
  const changes = new MutationObserver(() => {
    if (!speech.speaking) return;
    speech.cancel();
    show(control, false);
  });
  changes.observe(document.getElementById(control.dataset.listen), { childList: true, subtree: true });
}

for (const control of document.querySelectorAll("[data-listen]")) {
  if (control.dataset.audio) {
    playRecording(control);
  } else if (speech) {
    useVoice(control);
    // Voices arrive late in some browsers.
    speech.addEventListener?.("voiceschanged", () => useVoice(control));
  }
}
window.addEventListener("pagehide", () => speech?.cancel());
