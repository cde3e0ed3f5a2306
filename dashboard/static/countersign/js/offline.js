/* Help without a network: two pages that hold nothing of anybody, and what they are drawn with, are kept by the browser. Every
   other page is asked of the clinic each time and kept nowhere. Leave this page takes all of it away. */

const CACHE = "countersign-help-1";
const HELP = "/help/";
const KEPT = "/kept/";
const FILES = /(?:href|src)="(\/static\/[^"]+)"/g;

async function fill() {
  const cache = await caches.open(CACHE);
  for (const path of [HELP, KEPT]) {
    // Without the cookie of whoever is signed in: the page is the one that everybody sees.
    const answer = await fetch(path, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(path);
    const text = await answer.clone().text();
    await cache.put(path, answer);
    await cache.addAll([...text.matchAll(FILES)].map((found) => found[1]));
  }
}

async function page_of(request) {
  try {
    return await fetch(request);
  } catch {
    const path = new URL(request.url).pathname;
    if (path === "/leave/") return new Response("<!doctype html><title>\u2026</title>", { headers: { "Content-Type": "text/html" } });
    return (await caches.match(path.startsWith("/my/safety-plan/") || path === KEPT ? KEPT : HELP)) || Response.error();
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page_of(request));
  else if (path.startsWith("/static/")) event.respondWith(fetch(request).catch(async () => (await caches.match(request)) || Response.error()));
});
