// The machine: state and event give one next state, or null when the event is impossible. The same as machine.py.
import { enabled, holds, INPUTS, lookup, OPTION_TAPS, TYPED } from "./world.js";

const HISTORY = 20;
const CHAIN = 8;
const LETTERS = { digits: /^[0-9 .\-]*$/, phone: /^[0-9 .\-+()]*$/, amount: /^[0-9 .,đ₫]*$/, date: /^[0-9/.\- ]*$/ };

const EFFECTS = {
  set: (world, state, spec) => ({ ...state, vars: { ...state.vars, ...given(world, state, spec) } }),
  add: (world, state, spec) => ({ ...state, vars: { ...state.vars, ...Object.fromEntries(Object.entries(spec).map(([k, v]) => [k, Math.max(-1e9, Math.min(1e9, state.vars[k] + v))])) } }),
  fill: (world, state, spec) => ({ ...state, values: { ...state.values, ...given(world, state, spec) } }),
  clear: (world, state, names) => ({ ...state, values: Object.fromEntries(Object.entries(state.values).filter(([k]) => !names.includes(k))) }),
  push: (world, state, spec) => {
    const rows = state.vars[spec.rows];
    if (rows.length >= Math.min(world.vars[spec.rows].max ?? 10, 10)) return state;
    const record = Object.fromEntries(Object.entries(spec.from).map(([column, source]) => [column, lookup(world, state, source) ?? null]));
    return { ...state, vars: { ...state.vars, [spec.rows]: [...rows, record] } };
  },
  remove: (world, state, name, row) => (row === null ? state : { ...state, vars: { ...state.vars, [name]: state.vars[name].filter((_, index) => index !== row) } }),
};

function given(world, state, spec) {
  return Object.fromEntries(Object.entries(spec).map(([k, v]) => [k, v && typeof v === "object" && "from" in v ? lookup(world, state, v.from) : v]));
}

function apply(world, state, effects = [], row = null) {
  for (const effect of effects) for (const [name, spec] of Object.entries(effect)) state = EFFECTS[name](world, state, spec, row);
  return state;
}

const at = (state, screen) => ({ ...state, screen, seen: state.seen.includes(screen) ? state.seen : [...state.seen, screen] });

function arrive(world, state, target, chain = 0) {
  const here = { ...state, screen: target };
  for (const handler of world.screens.get(target).on_enter ?? []) {
    if (chain >= CHAIN || !holds(world, here, handler.if)) continue;
    const after = apply(world, here, handler.do);
    return world.screens.has(handler.go) ? arrive(world, after, handler.go, chain + 1) : at(after, target);
  }
  return at(here, target);
}

function go(world, state, target) {
  if (target === "end") return { ...state, ended: true };
  if (target === "back") return back(world, state);
  const passing = ["dialog", "waiting"].includes(world.screens.get(state.screen).kind);
  const history = passing ? state.history : [...state.history, state.screen].slice(-HISTORY);
  return arrive(world, { ...state, history }, target);
}

function back(world, state) {
  const rule = world.screens.get(state.screen).back ?? true;
  if (rule === false) return null;
  if (typeof rule === "string") {
    const place = state.history.lastIndexOf(rule);
    return { ...at(state, rule), history: place < 0 ? state.history : state.history.slice(0, place), said: "" };
  }
  if (!state.history.length) return null;
  return { ...at(state, state.history.at(-1)), history: state.history.slice(0, -1), said: "" };
}

function home(world, state) {
  if (!world.home || world.screens.get(state.screen).home === false) return null;
  return { ...at(state, world.home), history: [], said: "" };
}

function handle(world, state, handlers = [], row = null) {
  for (const handler of handlers) {
    if (!holds(world, state, handler.if)) continue;
    const after = { ...apply(world, state, handler.do, row), said: handler.say ?? "" };
    if (handler.go) return [go(world, after, handler.go), true];
    return [after, !("say" in handler)];
  }
  return [{ ...state, said: "" }, !handlers.length];
}

// The code of what is wrong with a value, or "" when the element takes it.
export function problemOf(element, value) {
  if (TYPED.has(element.type)) {
    const longest = element.length ?? Math.min(element.max ?? 200, 200);
    if ([...value].length > longest || /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(value)) return element.length ? "code" : "text";
    if (element.length) return /^\d*$/.test(value) ? "" : "code";
    const letters = LETTERS[element.input];
    return !letters || letters.test(value) ? "" : element.input;
  }
  if (element.type === "stepper") return Number.isInteger(value) && value >= (element.min ?? 0) && value <= (element.max ?? 99) ? "" : "number";
  return "";
}

export const asks = (world, state, event) => {
  const element = world.screens.get(state.screen).elements.find((one) => one.id === event.e);
  const option = element?.options?.find((one) => one.key === event.v);
  return event.a === "hint" || event.a === "finish" || Boolean(element?.ask || option?.ask);
};

/** An option that is not shown now cannot be picked. */
const picksHidden = (world, state, element, value) =>
  element.options?.some((one) => [value].flat().includes(one.key) && !enabled(world, state, one)) ?? false;

function act(world, state, event) {
  const element = world.screens.get(state.screen).elements.find((one) => one.id === event.e);
  if (!element || !enabled(world, state, element)) return [null, false];
  if (event.a === "set") {
    if (!INPUTS.has(element.type) || problemOf(element, event.v) || picksHidden(world, state, element, event.v)) return [null, false];
    const changed = { ...state, values: { ...state.values, [element.id]: event.v }, said: "" };
    return element.then?.length ? handle(world, changed, element.then) : [changed, true];
  }
  if (OPTION_TAPS.has(element.type)) {
    const option = element.options.find((one) => one.key === event.v && enabled(world, state, one));
    return option ? handle(world, state, option.then) : [null, false];
  }
  return handle(world, state, element.then, element.type === "rows" ? event.v : null);
}

export function step(world, state, event) {
  if (state.ended || event.n !== state.n || event.s !== state.screen) return null;
  const frame = { back, home }[event.a];
  const [after, ok] = frame ? [frame(world, state), true] : act(world, state, event);
  return after && { ...after, n: state.n + 1, t: event.t, refused: !ok, hinted: false };
}

export const canGoBack = (world, state) => {
  const rule = world.screens.get(state.screen).back ?? true;
  return typeof rule === "string" || (rule !== false && state.history.length > 0);
};
export const canGoHome = (world, state) => Boolean(world.home) && world.screens.get(state.screen).home !== false && state.screen !== world.home;
