// How values are read and compared; the same as comparison.py. Typed text meets no literal here: those stay on the server.
const DRESS = /[\s.,đ₫]|đồng|vnd|vnđ/giu;
const DATE = /^\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\s*$/;

export const isFilled = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

export function numberOf(value) {
  if (Array.isArray(value)) return value.length;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const plain = String(value ?? "").toLowerCase().replace(DRESS, "");
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null;
}

function digits(value) {
  const found = value.replace(/\D/g, "");
  return value.trim().startsWith("+84") ? "0" + found.slice(2) : found;
}

const host = (value) => value.trim().toLowerCase().replace(/^https?:\/\//, "").split("/", 1)[0].replace(/\.+$/, "");
const words = (value) => value.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s']/gu, " ").trim().replace(/\s+/g, " ");
const bare = (value) => words(value).normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

const KEYS = {
  exact: (value) => value,
  text: words,
  loose: bare,
  digits,
  amount: (value) => value.toLowerCase().replace(DRESS, "").replace(/^0+/, "") || "0",
  date: (value) => { const found = DATE.exec(value); return found ? found.slice(1).map(Number).join("-") : words(value); },
  host,
};

export const SHAPES = {
  phone: (value) => /^0\d{9}$/.test(digits(value)),
  id12: (value) => digits(value).length === 12,
  pin6: (value) => /^\d{6}$/.test(value.trim()),
  date: (value) => { const found = DATE.exec(value); return Boolean(found && found[1] >= 1 && found[1] <= 31 && found[2] >= 1 && found[2] <= 12); },
  amount: (value) => Boolean(numberOf(value)),
  host: (value) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host(value)),
};

export function same(given, expected, how = "exact") {
  if (given === undefined || given === null || given === "") return false;
  if (how === "exact") return given === expected;
  return KEYS[how](String(given)) === KEYS[how](String(expected));
}
