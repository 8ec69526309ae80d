// One bit of a Bitstring Status List (W3C): whether a certificate was withdrawn, and as of when.

import { fromBase64url } from "./ticket.js";

// {withdrawn, asOf, stale}; throws when the list cannot be read.
export async function statusIn(credential, index, now = new Date()) {
  const subject = credential.credentialSubject;
  if (subject.statusPurpose !== "revocation" || !subject.encodedList.startsWith("u")) {
    throw new RangeError("another kind of list");
  }
  const bits = await unpacked(fromBase64url(subject.encodedList.slice(1)));
  if (index < 0 || index >= bits.length * 8) throw new RangeError("outside of the list");
  return {
    withdrawn: Boolean(bits[index >> 3] & (0x80 >> (index & 7))),
    asOf: new Date(credential.validFrom),
    stale: now > new Date(credential.validUntil),
  };
}

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
