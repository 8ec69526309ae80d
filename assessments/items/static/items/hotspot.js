// Touching a place in the picture ticks its box below. Without this module the boxes are ticked directly.
for (const spot of document.querySelectorAll("[data-spot]")) {
  const box = document.querySelector(`input[data-region="${spot.dataset.spot}"]`);
  const show = () => spot.toggleAttribute("data-on", box.checked);
  spot.addEventListener("click", () => {
    box.checked = !box.checked;
    show();
  });
  box.addEventListener("change", show);
  show();
}
