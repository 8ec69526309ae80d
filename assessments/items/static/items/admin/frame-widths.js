// Shows the phone at the width of the button that was pressed.
for (const choice of document.querySelectorAll("[data-frame-widths]")) {
  const frame = choice.parentElement.querySelector("iframe");
  choice.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-width]");
    if (!pressed) return;
    frame.width = pressed.dataset.width;
    for (const one of choice.querySelectorAll("[data-width]")) {
      if (one === pressed) one.setAttribute("aria-pressed", "true");
      else one.removeAttribute("aria-pressed");
    }
  });
}
