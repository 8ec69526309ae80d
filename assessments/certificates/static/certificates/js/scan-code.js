// Reads a QR code from the camera or from a picture: with the browser's own reader, else with the library.

async function detector() {
  const formats = "BarcodeDetector" in window ? await window.BarcodeDetector.getSupportedFormats() : [];
  if (formats.includes("qr_code")) return new window.BarcodeDetector({ formats: ["qr_code"] });
  const library = await import("./vendor/qr/decode.js");
  return new library.BarcodeDetector({ formats: ["qr_code"] });
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export const hasCamera = Boolean(navigator.mediaDevices?.getUserMedia);

// The text of the first code that the camera sees; null when it was stopped before.
export async function scanCamera(video, signal) {
  const reader = await detector();
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false,
  });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [found] = await reader.detect(video).catch(() => []);
      if (found) return found.rawValue;
      await pause(150);
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

// The text of the code in a picture that somebody took; null when there is none.
export async function scanPicture(file) {
  const reader = await detector();
  // The library knows blobs, but not that a file is one.
  const [found] = await reader.detect(await createImageBitmap(file));
  return found ? found.rawValue : null;
}

// What stands in our codes: an address that ends with /c/<code>, and behind # the ticket.
export function partsOf(text) {
  const found = /\/c\/([0-9A-Za-z-]{16,24})\/?(?:\?[^#]*)?(?:#([A-Za-z0-9_-]+))?$/.exec(text.trim());
  return found ? { code: found[1], ticket: found[2] || "" } : null;
}
