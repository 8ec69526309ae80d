// The part of CBOR (RFC 8949) that a ticket needs: definite lengths, no floats. Anything else is refused.

const TEXT = new TextDecoder("utf-8", { fatal: true });
const DEEPEST = 8;

export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.place !== bytes.length) throw new RangeError("bytes are left over");
  return value;
}

// ["Signature1", protected, external data (none), payload], as RFC 9052 section 4.4 has it.
export function signedBytes(guarded, payload) {
  const parts = [head(4, 4), text("Signature1"), bytesOf(guarded), bytesOf(new Uint8Array()), bytesOf(payload)];
  return concat(parts);
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.place = 0;
  }

  value(depth) {
    if (depth > DEEPEST) throw new RangeError("too deep");
    const first = this.take(1)[0];
    const kind = first >> 5;
    if (kind === 7) return this.simple(first & 31);
    const size = this.size(first & 31);
    if (kind === 0) return size;
    if (kind === 1) return -1 - size;
    if (kind === 2) return this.take(size);
    if (kind === 3) return TEXT.decode(this.take(size));
    if (kind === 4) return this.list(size, depth);
    if (kind === 5) return this.map(size, depth);
    return { tag: size, value: this.value(depth + 1) };
  }

  list(size, depth) {
    const found = [];
    for (let n = 0; n < size; n += 1) found.push(this.value(depth + 1));
    return found;
  }

  map(size, depth) {
    const found = new Map();
    for (let n = 0; n < size; n += 1) {
      const key = this.value(depth + 1);
      if (found.has(key)) throw new RangeError("a key stands twice");
      found.set(key, this.value(depth + 1));
    }
    return found;
  }

  simple(short) {
    const known = { 20: false, 21: true, 22: null };
    if (!(short in known)) throw new RangeError("not a value of a ticket");
    return known[short];
  }

  size(short) {
    if (short < 24) return short;
    if (short === 24) return this.take(1)[0];
    const at = this.place;
    if (short === 25) { this.take(2); return this.view.getUint16(at); }
    if (short === 26) { this.take(4); return this.view.getUint32(at); }
    if (short !== 27) throw new RangeError("open length");
    this.take(8);
    const size = Number(this.view.getBigUint64(at));
    if (!Number.isSafeInteger(size)) throw new RangeError("number too large");
    return size;
  }

  take(size) {
    if (size > this.bytes.length - this.place) throw new RangeError("cut short");
    this.place += size;
    return this.bytes.subarray(this.place - size, this.place);
  }
}

function head(kind, size) {
  if (size < 24) return Uint8Array.of((kind << 5) | size);
  if (size < 256) return Uint8Array.of((kind << 5) | 24, size);
  return Uint8Array.of((kind << 5) | 25, size >> 8, size & 255);
}

function bytesOf(bytes) {
  return concat([head(2, bytes.length), bytes]);
}

function text(words) {
  const bytes = new TextEncoder().encode(words);
  return concat([head(3, bytes.length), bytes]);
}

function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
