// Brings the parts of this page up to date with what the server draws now; what is the same stays as it is.
let running = null;
let wanted = false;

async function draw() {
  const reply = await fetch(location.href, { cache: "no-store", headers: { "X-Requested-With": "parts" } });
  if (!reply.ok) throw new Error(String(reply.status));
  const drawn = new DOMParser().parseFromString(await reply.text(), "text/html");
  for (const part of drawn.querySelectorAll("[data-part]")) {
    const here = document.getElementById(part.id);
    if (!here || here.outerHTML === part.outerHTML) continue;
    const focus = here.contains(document.activeElement) ? document.activeElement.id : "";
    here.replaceWith(document.importNode(part, true));
    if (focus) document.getElementById(focus)?.focus();
  }
}

// Many calls at once cost one request more, never a queue.
export async function refresh() {
  wanted = true;
  running ??= (async () => {
    try {
      while (wanted) {
        wanted = false;
        await draw();
      }
      return true;
    } catch {
      return false;
    } finally {
      running = null;
    }
  })();
  return running;
}
