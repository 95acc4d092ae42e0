// SPDX-License-Identifier: GPL-3.0-or-later
// "a kiosk goes offline and recovers" (issue 4), returns to its start, and stores each answer once; forms in other pages.
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { connect, createServer as createLine } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { browse, choose, counter, picture, stage, tests } from "./support.mjs";

const send = (page) => page.getByRole("button", { name: "Send", exact: true }).click();
const perceptions = (place) => place.responses().trim().split("\n").length - 1;

/** Waits until so many answers are stored; more would be wrong too. */
async function stored(place, count) {
  for (let tried = 0; perceptions(place) < count && tried < 60; tried++) await wait(250);
  assert.equal(perceptions(place), count);
}

/** A line to the server that can be cut: chromium's own pretence of being offline lets a new page's first requests through. */
async function line(base) {
  const server = new URL(base), ends = new Set();
  let whole = true;
  const listener = createLine((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(server.port), server.hostname);
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end);
      end.on("error", () => {}).on("close", () => { ends.delete(end); other.destroy(); });
      end.pipe(other);
    }
  });
  await new Promise((listening) => listener.listen(0, "127.0.0.1", listening));
  const cut = () => { whole = false; for (const end of ends) end.destroy(); };
  return { base: `http://127.0.0.1:${listener.address().port}`, cut, mend: () => { whole = true; }, close: () => { cut(); listener.close(); } };
}

await tests({
  "offline and back": async () => {
    const place = await stage(counter({ kiosk_seconds: 30 })), browser = await browse();
    const door = place.door("kiosk", "--attribute", "branch=Oslo"), network = await line(place.base);
    const page = await browser.open({ viewport: { width: 1024, height: 768 } });
    await page.goto(door.link.replace(place.base, network.base));
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await choose(page, "perception.q1", 5);
    await picture(page, "kiosk");
    await send(page);
    await page.getByText("Thank you").waitFor();
    await stored(place, 1);
    await page.locator("form[data-progress]").waitFor({ timeout: 15000 });

    network.cut();
    await page.context().setOffline(true);
    for (const value of [1, 2, 3]) {
      await choose(page, "perception.q1", value);
      await send(page);
      await page.getByText("Thank you").waitFor();
      // The start comes back from what the worker kept.
      await page.locator("form[data-progress]").waitFor({ timeout: 15000 });
    }
    await stored(place, 1);
    network.mend();
    await page.context().setOffline(false);
    await stored(place, 4);
    await wait(6000);
    await stored(place, 4);
    await browser.close();
    assert.match(place.responses(), /Oslo/);
    network.close();
    await place.close();
  },

  "what is not taken yet is kept, and what is refused is told": async () => {
    const place = await stage(counter({ kiosk_seconds: 30 })), browser = await browse();
    const door = place.door("kiosk");
    // A proxy that lets nothing through while it has an answer of its own.
    let instead = 0;
    const proxy = createServer((asked, reply) => {
      if (instead && asked.method === "POST") return reply.writeHead(instead, { "content-type": "text/html" }).end("<h1>not now</h1>");
      const passed = request(`${place.base}${asked.url}`, { method: asked.method, headers: asked.headers }, (got) => {
        reply.writeHead(got.statusCode, got.headers);
        got.pipe(reply);
      });
      passed.on("error", () => reply.destroy());
      asked.pipe(passed);
    });
    await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
    const page = await browser.open();
    await page.goto(door.link.replace(place.base, `http://127.0.0.1:${proxy.address().port}`));
    let count = 0;
    for (const status of [429, 503, 200]) {
      instead = status;
      await choose(page, "perception.q1", 5);
      await send(page);
      await page.getByText("Thank you").waitFor();
      assert.equal(perceptions(place), count);
      instead = 0;
      await stored(place, ++count);
      await page.locator("form[data-progress]").waitFor({ timeout: 15000 });
    }
    // Closed: nobody is thanked for what is not stored.
    place.run("study", "close", "counter");
    await choose(page, "perception.q1", 5);
    await send(page);
    await page.getByText("This survey takes no more answers").waitFor();
    assert.equal(await page.getByText("Thank you", { exact: true }).count(), 0);
    assert.equal(perceptions(place), count);
    proxy.close();
    await browser.close();
    await place.close();
  },

  "returns to its start when nobody goes on": async () => {
    const place = await stage(counter({ kiosk_seconds: 10 })), browser = await browse();
    const door = place.door("kiosk");
    const page = await browser.open();
    await page.goto(door.link);
    await choose(page, "perception.q1", 5);
    assert.equal(await page.locator("input:checked").count(), 1);
    await page.waitForEvent("load", { timeout: 30000 });
    assert.equal(await page.locator("input:checked").count(), 0);
    await browser.close();
    assert.equal(perceptions(place), 0);
    await place.close();
  },

  "without a script thanks lead back to an empty form": async () => {
    const place = await stage(), browser = await browse();
    const door = place.door("paper");
    const page = await browser.open({ javaScriptEnabled: false });
    await page.goto(door.link);
    await choose(page, "perception.q2", 3);
    await send(page);
    assert.match(await page.textContent("main"), /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/);
    await page.getByRole("link", { name: "Next form" }).click();
    assert.equal(await page.locator("input:checked").count(), 0);
    await picture(page, "paper");
    await browser.close();
    await stored(place, 1);
    await place.close();
  },

  "a form stands in a page of another site": async () => {
    const place = await stage(), browser = await browse();
    const door = place.door("embed");
    const other = createServer((_, reply) => {
      reply.setHeader("content-type", "text/html");
      reply.end(`<!doctype html><title>Shop</title><h1>Shop</h1><iframe title="Feedback" src="${door.link}" width="380" height="600"></iframe>`);
    });
    await new Promise((listening) => other.listen(0, "127.0.0.1", listening));
    const page = await browser.open();
    await page.goto(`http://localhost:${other.address().port}/`);
    const frame = page.frameLocator("iframe");
    await frame.locator('input[name="perception.q1"][value="6"]').check({ force: true });
    await picture(page, "embedded");
    await frame.getByRole("button", { name: "Send", exact: true }).click();
    await frame.getByText("Thank you").waitFor();
    await stored(place, 1);
    other.close();
    await browser.close();
    await place.close();
  },
});
