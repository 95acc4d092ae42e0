// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the last page of a kiosk and what belongs to it, and gives them when the network is away.
"use strict";
const KEPT = "kiosk-1";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const ours = address.pathname.startsWith("/kiosk/") || address.pathname.startsWith("/assets/");
  if (event.request.method !== "GET" || address.origin !== location.origin || !ours) return;
  event.respondWith((async () => {
    const cache = await caches.open(KEPT);
    try {
      const reply = await fetch(event.request);
      if (reply.ok) await cache.put(event.request, reply.clone());
      return reply;
    } catch (away) {
      const kept = await cache.match(event.request);
      if (kept) return kept;
      throw away;
    }
  })());
});
