// Draws one screen with the same markup as the server's templates; texts are set as text, never as HTML.
import { canGoBack, canGoHome } from "./machine.js";
import { cell, enabled, fill, OPTION_TAPS, shown, TYPED } from "./world.js";

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

function svg(icons, name) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#${name}`);
  picture.setAttribute("aria-hidden", "true");
  picture.append(use);
  return picture;
}

// `view` carries world, state, words, icons, pictures, draft (typed values that were refused) and problems.
export function drawScreen(view) {
  const { world, state, words, icons } = view;
  const screen = world.screens.get(state.screen);
  const title = fill(world, state, screen.title);
  const heading = h("h2", { tabindex: "-1", id: "ten-man-hinh" }, title);
  const parts = [h("div", { class: "app" }, canGoBack(world, state) && h("button", { class: "bk", form: "khung", name: "khung", value: "back", "aria-label": words.back }, svg(icons, "back")), heading)];
  if (screen.address) parts.push(h("p", { class: "url" }, svg(icons, "lock"), h("span", {}, screen.address)));
  const body = h("form", { class: "body", method: "post", "aria-labelledby": "ten-man-hinh", novalidate: true });
  const elements = screen.elements.filter((one) => shown(world, state, one));
  const buttons = elements.filter((one) => one.type === "button" && enabled(world, state, one));
  const main = buttons.find((one) => one.style !== "plain") ?? buttons[0];
  if (main) body.append(h("button", { class: "vh", name: "tap", value: main.id, tabindex: "-1", "aria-hidden": "true" }));
  body.append(...told(view, elements), ...elements.map((one) => drawElement(view, one)).filter(Boolean));
  parts.push(body);
  if (canGoHome(world, state)) parts.push(h("div", { class: "nav" }, h("button", { form: "khung", name: "khung", value: "home" }, ...(world.device === "desktop" ? [words.first] : [svg(icons, "home"), words.home]))));
  return { parts, title, kind: screen.kind };
}

function told({ state, words, problems, world }, elements) {
  const names = Object.keys(problems);
  if (names.length) {
    const links = names.map((name) => h("a", { href: `#f-${name}` }, `${world.inputs.get(name).text}: ${words.problems[problems[name]]}`));
    return [h("div", { class: "note warn", role: "alert", tabindex: "-1", "data-error-summary": true }, h("b", {}, words.correct), links)];
  }
  if (!state.said || state.hinted) return [];
  const said = fill(world, state, state.said);
  if (!state.refused) return [h("p", { class: "note info", role: "status" }, said)];
  const fields = elements.filter((one) => world.inputs.has(one.id) && enabled(world, state, one));
  const field = fields.find((one) => !state.values[one.id] || !state.values[one.id].length) ?? fields[0];
  return [h("div", { class: "note warn", role: "alert", tabindex: "-1", "data-error-summary": true }, field ? h("a", { href: `#f-${field.id}` }, said) : said)];
}

const tile = (view, icon) => h("span", { class: `til i-${icon}` }, svg(view.icons, icon));
const image = (view, part, name = "pic") => h("img", { class: name, src: view.pictures + part.src, alt: view.text(part.alt) });

const SHOWN = {
  heading: (view, e) => h("h3", {}, view.text(e.text)),
  text: (view, e) => h("p", { class: "txt" }, view.text(e.text)),
  notice: (view, e) => h("p", { class: `note ${e.tone ?? "info"}`, role: e.tone === "warn" ? "alert" : "status" }, view.text(e.text)),
  picture: (view, e) => image(view, e),
  qr: (view, e) => image(view, e),
  media: (view, e) => h("details", { class: "box" }, h("summary", {}, view.words.written), h("p", {}, view.text(e.transcript))),
  facts: (view, e) => h("div", { class: "box" }, e.title && h("h3", {}, view.text(e.title)), h("dl", {}, e.rows.map(([label, value]) => h("div", {}, h("dt", {}, view.text(label)), h("dd", {}, view.text(value)))))),
  entries: (view, e) => h("ul", { class: "box" }, e.entries.map((one) => h("li", {}, view.text(one.text ?? one)))),
  steps: (view, e) => h("ol", { class: "box" }, e.steps.map((one) => h("li", {}, view.text(one.text ?? one)))),
  thread: (view, e) => h("div", { role: "log", "aria-label": view.text(e.from) }, h("ol", { class: "thread" }, e.messages.map((one) => h("li", { class: one.who }, h("span", { class: "who" }, `${one.who === "me" ? view.words.me : view.text(e.from)}: `), view.text(one.text))))),
  button: (view, e) => h("button", { class: e.style === "plain" ? "add" : "go", ...view.tap(e) }, view.text(e.text)),
  link: (view, e) => h("button", { class: "lnk", ...view.tap(e) }, view.text(e.text)),
  icon: (view, e) => h("button", { class: `ic i-${e.icon}`, ...view.tap(e) }, h("span", { class: "til" }, svg(view.icons, e.icon)), h("span", {}, view.text(e.text)), " ", e.badge && h("span", { class: "bdg" }, view.text(e.badge))),
  card: (view, e) => h("button", { class: "crd", ...view.tap(e) }, e.icon && tile(view, e.icon), h("span", {}, h("b", {}, view.text(e.text)), " ", e.sub && h("span", { class: "sub" }, view.text(e.sub)), " ", e.badge && h("span", { class: "bdg" }, view.text(e.badge))), drawChevron(view)),
  rows: drawRows,
  select: (view, e) => h("div", { class: "fld" }, h("label", { for: `f-${e.id}` }, view.text(e.text)), h("select", { id: `f-${e.id}`, name: e.id, ...view.off(e) }, h("option", { value: "" }, `– ${view.words.choose} –`), view.options(e).map((o) => h("option", { value: o.key, selected: o.chosen, disabled: o.off }, view.text(o.text))))),
  radio: drawRadio,
  picker: drawRadio,
  checks: (view, e) => h("fieldset", { class: "radio", id: `f-${e.id}`, tabindex: "-1" }, h("legend", {}, view.text(e.text)), view.options(e).map((o) => h("label", {}, h("input", { type: "checkbox", name: e.id, value: o.key, checked: o.chosen }), h("span", {}, view.text(o.text))))),
  toggle: drawSwitch,
  checkbox: drawSwitch,
  stepper: (view, e) => h("div", { class: "fld" }, h("label", { for: `f-${e.id}` }, view.text(e.text)), h("input", { type: "number", inputmode: "numeric", id: `f-${e.id}`, name: e.id, value: view.value(e) ?? "", min: e.min ?? 0, max: e.max ?? 99 })),
};
SHOWN.payee = SHOWN.card;

function drawElement(view, e) {
  if (OPTION_TAPS.has(e.type)) return drawOptions(view, e);
  if (TYPED.has(e.type)) return drawField(view, e);
  return SHOWN[e.type]?.(view, e);
}

const drawChevron = (view) => { const mark = svg(view.icons, "next"); mark.setAttribute("class", "chv"); return mark; };

function drawOptions(view, e) {
  const buttons = view.options(e).map((o) => h("button", { name: "tap", value: `${e.id}.${o.key}`, disabled: o.off }, o.src ? image(view, o, "") : e.type === "caller" && svg(view.icons, "phone"), h("span", {}, view.text(o.text))));
  return h("fieldset", { class: e.type }, h("legend", {}, view.text(e.text)), e.src && image(view, e), buttons);
}

function drawRadio(view, e) {
  return h("fieldset", { class: e.type, id: `f-${e.id}`, tabindex: "-1" }, h("legend", {}, view.text(e.text)), view.options(e).map((o) => h("label", {}, h("input", { type: "radio", name: e.id, value: o.key, checked: o.chosen, disabled: o.off }), o.src && image(view, o, ""), h("span", {}, view.text(o.text)))));
}

function drawSwitch(view, e) {
  return h("div", { class: e.type }, h("label", {}, h("span", {}, view.text(e.text)), h("input", { type: "checkbox", role: e.type === "toggle" ? "switch" : null, id: `f-${e.id}`, name: e.id, value: "1", checked: Boolean(view.value(e)), ...view.off(e) })));
}

function drawField(view, e) {
  const secret = e.type === "passcode" || e.input === "password";
  const mode = e.length || e.input === "digits" || e.input === "amount" ? "numeric" : { phone: "tel", address: "url" }[e.input];
  const shared = { id: `f-${e.id}`, name: e.id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: e.length ?? Math.min(e.max ?? 200, 200), inputmode: mode, "aria-describedby": e.hint ? `h-${e.id}` : null, ...view.off(e) };
  const value = view.value(e) ?? "";
  const input = e.input === "message" ? h("textarea", { rows: "3", ...shared }, value) : h("input", { type: secret ? "password" : "text", value, ...shared });
  return h("div", { class: e.length ? "fld pin" : "fld" }, h("label", { for: `f-${e.id}` }, view.text(e.text)), e.hint && h("span", { class: "hint", id: `h-${e.id}` }, view.text(e.hint)), input, e.type === "passcode" && drawPad(view, e, input));
}

// Large keys beside the one real field; they only type into it.
function drawPad(view, e, input) {
  const told = h("p", { class: "vh", role: "status" });
  const press = (key) => () => {
    input.value = key === "" ? input.value.slice(0, -1) : (input.value + key).slice(0, e.length);
    told.textContent = view.words.digits_typed.replace("%(length)s", e.length).replace("%(typed)s", input.value.length);
  };
  const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", null, "0", ""].map((key) => {
    if (key === null) return h("span");
    const button = h("button", { type: "button", "aria-label": key === "" ? view.words.delete : null }, key === "" ? svg(view.icons, "back") : key);
    button.addEventListener("click", press(key));
    return button;
  });
  return [h("div", { class: "pad" }, keys), told];
}

function drawRows(view, e) {
  const records = view.state.vars[e.of];
  const title = h("h3", {}, view.text(e.title));
  if (!records.length) return h("div", { class: "box rows" }, title, h("p", {}, view.text(e.empty)));
  const row = (record, index) => {
    const cells = e.columns.map((column) => cell(view.world, record[column.key]));
    const action = e.row_action && h("td", {}, h("button", { name: "tap", value: `${e.id}.${index}` }, view.text(e.row_action), h("span", { class: "vh" }, ` ${cells[0]}`)));
    return h("tr", {}, cells.map((text, place) => h("td", { "data-label": e.columns[place].label }, text)), action);
  };
  const head = h("tr", {}, e.columns.map((column) => h("th", { scope: "col" }, column.label)), e.row_action && h("th", { scope: "col" }, h("span", { class: "vh" }, view.words.act)));
  return h("div", { class: "box rows" }, title, h("table", {}, h("thead", {}, head), h("tbody", {}, records.map(row))));
}

export function viewOf(shared, state, problems, draft) {
  const { world } = shared;
  return {
    ...shared, state, problems,
    text: (text) => fill(world, state, text),
    off: (e) => ({ disabled: !enabled(world, state, e) }),
    tap: (e) => ({ name: "tap", value: e.id, disabled: !enabled(world, state, e) }),
    value: (e) => (e.id in draft ? draft[e.id] : state.values[e.id]),
    options: (e) => e.options.filter((o) => shown(world, state, o)).map((o) => ({ ...o, off: !enabled(world, state, o), chosen: [state.values[e.id]].flat().includes(o.key) })),
  };
}
