// A panel with a camera button and a picture field; a code of ours that was seen is handed to `found`.

import { hasCamera, partsOf, scanCamera, scanPicture } from "./scan-code.js";

export function servePanel(panel, found) {
  const video = panel.querySelector("video");
  const start = panel.querySelector("[data-scan-start]");
  const stop = panel.querySelector("[data-scan-stop]");
  const says = (name) => {
    for (const line of panel.querySelectorAll("[data-scan-says]")) line.hidden = line.dataset.scanSays !== name;
  };
  const show = (open) => {
    video.hidden = stop.hidden = !open;
    start.hidden = open || !hasCamera;
  };
  const take = (text) => {
    const parts = text === null ? null : partsOf(text);
    says(parts ? "" : "nothing");
    if (parts) found(parts);
  };
  let running = null;

  panel.hidden = false;
  show(false);
  start.addEventListener("click", async () => {
    running = new AbortController();
    const { signal } = running;
    says("looking");
    show(true);
    try {
      const text = await scanCamera(video, signal);
      if (!signal.aborted) take(text);
    } catch {
      says("no-camera");
    }
    show(false);
  });
  stop.addEventListener("click", () => {
    running?.abort();
    says("");
    show(false);
    start.focus();
  });
  panel.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
    if (!target.files.length) return;
    says("looking");
    take(await scanPicture(target.files[0]).catch(() => null));
    target.value = "";
  });
}
