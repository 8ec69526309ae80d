// Moves cards without a round trip. Without this module the same buttons are answered by the server.
const list = document.querySelector("[data-order-cards]");
const field = document.querySelector("[data-order]");
const start = [...list.children];

function renumber() {
  const cards = [...list.children];
  field.value = cards.map((card) => card.dataset.value).join(",");
  cards.forEach((card, place) => {
    const [up, down] = card.querySelectorAll("button");
    card.querySelector(".num").textContent = place + 1;
    up.value = down.value = place;
    up.disabled = place === 0;
    down.disabled = place === cards.length - 1;
  });
}

function move(card, button) {
  const up = button.name === "len";
  const other = up ? card.previousElementSibling : card.nextElementSibling;
  if (!other) return;
  if (up) other.before(card);
  else other.after(card);
  renumber();
  // A button that has just become useless passes the focus to its twin.
  (button.disabled ? card.querySelector("button:not(:disabled)") : button).focus();
}

list.closest("form").addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || !["len", "xuong", "lai"].includes(button.name)) return;
  event.preventDefault();
  if (button.name === "lai") {
    list.append(...start);
    renumber();
  } else {
    move(button.closest("li"), button);
  }
});
