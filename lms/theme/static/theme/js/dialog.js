// A link to a <dialog> opens it as a modal one. Without this module :target shows it.
for (const link of document.querySelectorAll("a[data-dialog]")) {
  const dialog = document.querySelector(link.getAttribute("href"));
  if (!dialog?.showModal) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
    link.focus();
  });
}
