// A button that copies a text; it shows itself only where the browser can copy.
for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const words = place.querySelector("[data-copied]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.dataset.copy);
    words.textContent = words.dataset.copied;
  });
}
