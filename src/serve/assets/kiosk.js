// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk returns to its start when nobody touches it, and keeps answers while the network is away: in IndexedDB, each with its
// own key, so that the server stores it once however often it is sent.
"use strict";
(() => {
  const form = document.querySelector("form[data-progress]");
  if (!form) return;
  const start = location.pathname + location.search;
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/kiosk_worker.js", { scope: "/kiosk/" }).catch(() => {});

  let timer = 0;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(start), Number(form.dataset.idle || 60) * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, rest, { passive: true });

  // The page may come from the worker's memory: the key and the beginning are made anew each time.
  form.elements._once.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  form.elements._began.value = String(Date.now());

  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open("gapmeter", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("answers", { keyPath: "once" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const work = async (mode, act) => {
    const store = (await opened).transaction("answers", mode).objectStore("answers");
    return new Promise((resolve, reject) => {
      const request = act(store);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  };
  const send = (answer) =>
    fetch(answer.action, { method: "POST", body: new URLSearchParams(answer.fields), redirect: "manual" });

  // Taken is what leads to the page of thanks, and nothing else: a proxy may say 200 too. What is refused (the study is closed, the
  // answers do not fit) is tried again each hour, since a study may be opened again, and not kept for ever.
  const hour = 3600000, kept = 30 * 24 * hour;
  const taken = (reply) => reply.type === "opaqueredirect";
  const refused = (reply) => reply.status >= 400 && reply.status < 500 && reply.status !== 408 && reply.status !== 429;

  // Sends what waits, oldest first.
  let busy = false;
  const drain = async () => {
    if (busy) return;
    busy = true;
    try {
      for (const answer of await work("readonly", (store) => store.getAll())) {
        const now = Date.now();
        if (answer.again > now) continue;
        const reply = await send(answer);
        if (taken(reply)) await work("readwrite", (store) => store.delete(answer.once));
        else if (!refused(reply)) break;
        else if (now - answer.since > kept) await work("readwrite", (store) => store.delete(answer.once));
        else await work("readwrite", (store) => store.put({ ...answer, again: now + hour }));
      }
    } catch { /* still away */ } finally { busy = false; }
  };
  addEventListener("online", drain);
  setInterval(drain, 5000);
  drain();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    fields.push(["_answered", String(Date.now())], ["_do", "send"]);
    const answer = { once: form.elements._once.value, action: form.action, fields, since: Date.now(), again: 0 };
    await work("readwrite", (store) => store.put(answer));
    try {
      const reply = await send(answer);
      if (refused(reply)) {
        // Something is to be corrected, or nothing is taken any more: the page itself shows it.
        await work("readwrite", (store) => store.delete(answer.once));
        form.submit();
        return;
      }
      if (taken(reply)) await work("readwrite", (store) => store.delete(answer.once));
    } catch { /* it waits for the network */ }
    const main = document.querySelector("main");
    main.replaceChildren();
    const thanks = document.createElement("h1");
    thanks.textContent = form.dataset.thanks;
    thanks.setAttribute("role", "status");
    main.append(thanks);
    setTimeout(() => location.replace(start), 4000);
  });
  rest();
})();
