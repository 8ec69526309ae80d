// Regions of a picture: every “Place” field is drawn on the picture; drawing on the picture fills the chosen field.
const box = document.querySelector("[data-picture]");
const drawing = box.querySelector("svg");
const fields = [...document.querySelectorAll("[data-region]")];
let chosen = fields.find((field) => !field.value) ?? fields[0];
let from = null;

const numbers = (field) => field.value.split(",").map(Number);
const made = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function draw() {
  drawing.replaceChildren();
  fields.forEach((field, place) => {
    const [x, y, width, height] = numbers(field);
    if (!(width > 0 && height > 0)) return;
    drawing.append(made("rect", { x, y, width, height, class: field === chosen ? "bank-now" : "" }));
    const label = made("text", { x: x + 1, y: y + 5 });
    label.textContent = String(place + 1);
    drawing.append(label);
  });
}

function at(event) {
  const frame = drawing.getBoundingClientRect();
  const percent = (value, size) => Math.min(100, Math.max(0, Math.round((value / size) * 100)));
  return [percent(event.clientX - frame.left, frame.width), percent(event.clientY - frame.top, frame.height)];
}

function stretch(event) {
  if (!from) return;
  const to = at(event);
  const [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  chosen.value = [left, top, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])].join(", ");
  draw();
}

for (const field of fields) {
  field.addEventListener("focus", () => { chosen = field; draw(); });
  field.addEventListener("input", draw);
}
drawing.addEventListener("pointerdown", (event) => {
  from = at(event);
  drawing.setPointerCapture(event.pointerId);
});
drawing.addEventListener("pointermove", stretch);
drawing.addEventListener("pointerup", (event) => {
  stretch(event);
  from = null;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
});
draw();
