// Opens the signed ticket behind # of a certificate's address: COSE_Sign1 with Ed25519, checked in this browser only.

import { decode, signedBytes } from "./cbor.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DAY = 86_400_000;
const LONGEST = 1_500;

export class CannotCheck extends Error {}

// The content of a genuine ticket, or null. Throws CannotCheck where the browser has no cryptography (no https).
export async function openTicket(text, keys) {
  let parts;
  try {
    parts = partsOf(text);
  } catch {
    return null;
  }
  const known = keys.find((key) => key.id === parts.key);
  if (!known || !(await holds(parts, fromBase64url(known.x)))) return null;
  return content(decode(parts.payload));
}

function partsOf(text) {
  if (text.length > LONGEST) throw new RangeError("too long");
  const outer = decode(fromBase64url(text));
  if (outer.tag !== 18 || outer.value.length !== 4) throw new RangeError("not COSE_Sign1");
  const [guarded, open, payload, signature] = outer.value;
  const header = decode(guarded);
  // Exactly these two: no algorithm of the sender's choice, no critical extensions.
  if (open.size || header.size !== 2 || header.get(1) !== -8) throw new RangeError("another algorithm");
  if (signature.length !== 64) throw new RangeError("not a signature");
  return { guarded, payload, signature, key: hex(header.get(4)) };
}

async function holds({ guarded, payload, signature }, key) {
  if (!globalThis.crypto?.subtle) throw new CannotCheck();
  const signed = signedBytes(guarded, payload);
  try {
    const own = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", own, signature, signed);
  } catch {
    // Browsers from before 2025 have no Ed25519 of their own.
    const library = await import("./vendor/noble-ed25519/index.js");
    return library.verifyAsync(signature, signed, key, { zip215: false });
  }
}

function content(members) {
  const [version, code, name, skill, level, issued, until, list, index] = members;
  if (version !== 1 || members.length !== 9) return null;
  return { code: codeOf(code), name, skill, level, issued: dayOf(issued), until: dayOf(until), list, index };
}

function codeOf(bytes) {
  let number = [...bytes].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = "";
  for (let place = 0; place < 16; place += 1) {
    code = ALPHABET[Number(number & 31n)] + code;
    number >>= 5n;
  }
  return code;
}

// Days of a calendar have no hour: they are written from their UTC parts.
function dayOf(days) {
  if (days === null) return null;
  const [year, month, day] = new Date(days * DAY).toISOString().slice(0, 10).split("-");
  return { words: `${day}/${month}/${year}`, plain: `${year}-${month}-${day}` };
}

export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new RangeError("not base64url");
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
