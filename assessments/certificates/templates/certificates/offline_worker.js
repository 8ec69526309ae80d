// Keeps the page that checks papers, so that it opens without network. What it knows is kept by the page itself.
const HOME = "{{ home|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const CACHE = `kiem-tra:${FILES.join("|").split("").reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7)}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((n) => n.startsWith("kiem-tra:") && n !== CACHE).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

// The page itself is asked for anew where there is network, everything else is taken as it was kept.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (pathname === HOME) event.respondWith(fresh(request));
  else if (FILES.includes(pathname)) event.respondWith(kept(request));
});

async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(CACHE)).put(HOME, answer.clone());
    return answer;
  } catch {
    return (await caches.open(CACHE)).match(HOME);
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) || fetch(request);
}
