// Look-ups over the public half of a task, its guards and its texts. Names are those of this sitting only.
import { isFilled, numberOf, same, SHAPES } from "./values.js";

export const TYPED = new Set(["field", "passcode", "otp"]);
export const INPUTS = new Set([...TYPED, "radio", "select", "picker", "toggle", "checkbox", "checks", "stepper"]);
export const OPTION_TAPS = new Set(["caller", "permission", "scanner", "hotspot", "replies", "tabs"]);

export function worldOf(data) {
  const screens = new Map(data.screens.map((screen) => [screen.id, screen]));
  const inputs = new Map();
  const options = new Map();
  for (const screen of data.screens) for (const element of screen.elements) {
    if (INPUTS.has(element.type)) inputs.set(element.id, element);
    for (const option of element.options ?? []) if (!options.has(option.key)) options.set(option.key, option.text);
  }
  return { ...data, screens, inputs, options };
}

export function lookup(world, state, name) {
  if (world.inputs.has(name)) return state.values[name];
  if (name in state.vars) return state.vars[name];
  const parts = world.totals[name];
  return parts?.reduce((sum, part) => sum + ("amount" in part ? part.amount : (numberOf(lookup(world, state, part.of)) ?? 0) * (part.times ?? 1)), 0);
}

function bounded(value, guard) {
  const found = numberOf(value ?? "");
  return found !== null && found >= (guard.at_least ?? found) && found <= (guard.at_most ?? found);
}

export function holds(world, state, guard) {
  if (!guard) return true;
  if (Array.isArray(guard)) return guard.every((one) => holds(world, state, one));
  if (guard.any) return guard.any.some((one) => holds(world, state, one));
  if (guard.not) return !holds(world, state, guard.not);
  if (guard.visited) return state.seen.includes(guard.visited);
  const value = lookup(world, state, guard.of);
  const accepted = (wanted) => [wanted].flat().some((one) => same(value, one, guard.how));
  const checks = {
    filled: (wanted) => isFilled(value) === Boolean(wanted),
    is: accepted,
    is_not: (wanted) => !accepted(wanted),
    shape: (wanted) => SHAPES[wanted](String(value || "")),
    at_least: () => bounded(value, guard),
    at_most: () => bounded(value, guard),
    longer: (wanted) => [...String(value || "")].length >= wanted,
    has: (wanted) => Array.isArray(value) && value.includes(wanted),
    same_as: (wanted) => same(value, lookup(world, state, wanted), guard.how),
  };
  return Object.entries(checks).every(([name, check]) => !(name in guard) || check(guard[name]));
}

export const shown = (world, state, part) => holds(world, state, part.show_if);
export const enabled = (world, state, part) => shown(world, state, part) && holds(world, state, part.enabled_if);

function display(world, state, name, how) {
  const value = lookup(world, state, name);
  if (value === undefined || value === null || typeof value === "boolean") return "";
  if (Array.isArray(value)) return world.inputs.has(name) ? value.map((key) => world.options.get(key) ?? "").join(", ") : String(value.length);
  const text = TYPED.has(world.inputs.get(name)?.type) ? value : world.options.get(value) ?? String(value);
  if (how === "vnd") { const amount = numberOf(text); return amount === null ? text : amount.toLocaleString("vi-VN").replaceAll(",", ".") + " đ"; }
  return how === "last4" ? text.slice(-4) : text;
}

export const fill = (world, state, text) => String(text ?? "").replace(/\{\{(\w+)(?:\|(\w+))?\}\}/g, (_, name, how) => display(world, state, name, how));
export const cell = (world, value) => world.options.get(value) ?? String(value ?? "");
