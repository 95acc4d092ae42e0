// SPDX-License-Identifier: GPL-3.0-or-later
// A server of its own with a live study, and Debian's chromium to look at it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const require = createRequire(join(process.env.GAPMETER_BROWSER_MODULES, "x.js"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const program = process.env.GAPMETER_BINARY;
const pictures = process.env.GAPMETER_BROWSER_PICTURES;

/** The study that most tests ask: two standards before, a visit, and after. */
export const counter = (collection = {}, more = {}) => ({
  gapmeter: 1,
  title: "Pharmacy counter",
  design: { expectation: "will", asked: "before" },
  scale: { min: 1, max: 7, step: 1, labels: { 1: "Strongly disagree", 7: "Strongly agree" } },
  dimensions: [{ id: "reliability", title: "Reliability" }, { id: "care", title: "Care" }],
  items: [
    { id: "q1", dimension: "reliability", text: "Medicines are ready when promised" },
    { id: "q2", dimension: "reliability", text: "What is said about a medicine is right" },
    { id: "q3", dimension: "care", text: "Staff take time to listen" },
    { id: "q4", dimension: "care", text: "Staff protect my privacy at the counter" },
  ],
  columns: {
    respondent: "id", expectation: "e{n}", perception: "p{n}", minimum: "m{n}",
    outcomes: { satisfaction: { column: "sat", min: 1, max: 10 }, spend: { column: "eur", kind: "real", decimals: 2 } },
    segments: ["branch", "sex"], comments: ["why"],
  },
  collection: {
    identity: "named", contact: "care@example.org", opens: ["customer", "program"], ask_noticed: true, ask_sources: true,
    segments: { sex: { text: "You are", options: ["woman", "man", "other"] } },
    outcomes: { spend: "How much did you spend, in euros?" }, ...collection,
  },
  ...more,
});

/** Starts a server on a free port with one study; everything goes away with close(). */
export async function stage(study = counter(), name = "counter") {
  const folder = mkdtempSync(join(tmpdir(), "gapmeter-browser-"));
  const db = join(folder, "study.db"), port = join(folder, "port");
  const run = (...words) => execFileSync(program, [...words, "--db", db], { cwd: folder, encoding: "utf8" });
  const file = join(folder, "study.json");
  writeFileSync(file, JSON.stringify(study));
  run("study", "create", file, "--name", name);
  run("door", "create", name);
  const server = spawn(program, ["serve", db, "--listen", "127.0.0.1:0", "--port-file", port, "--rate", "1000000"],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  // A test that fails leaves no server behind.
  process.on("exit", () => server.kill("SIGKILL"));
  let log = "";
  server.stderr.on("data", (piece) => { log += piece; });
  const ended = new Promise((resolve) => server.on("exit", (code) => resolve(code)));
  for (let tried = 0; !existsSync(port) || !readFileSync(port, "utf8").trim(); tried++) {
    assert.ok(tried < 300 && server.exitCode === null, `the server does not listen: ${log}`);
    await wait(100);
  }
  const base = `http://${readFileSync(port, "utf8").trim()}`;
  /** Links of so many people: [{ expectation, perception, … }]. */
  const invite = (count = 1, ...words) => {
    const links = join(folder, "links.csv");
    run("respondent", "invite", name, "--count", String(count), "-o", links, ...words);
    const [head, ...rows] = readFileSync(links, "utf8").trim().split("\n").map((line) => line.split(","));
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
  };
  const door = (kind, ...words) => JSON.parse(run("door", "create", name, "--kind", kind, "--json", ...words));
  const counts = () => JSON.parse(run("study", "show", name, "--json"));
  const responses = () => run("study", "responses", name);
  const close = async () => {
    server.kill("SIGTERM");
    assert.equal(await ended, 0, `the server ended badly: ${log}`);
    rmSync(folder, { recursive: true, force: true });
  };
  return { base, db, folder, run, invite, door, counts, responses, close, log: () => log };
}

/** A browser, and pages in it that fail the test for anything the console complains of. */
export async function browse() {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
  const complaints = [];
  const open = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", ...options });
    const page = await context.newPage();
    page.on("console", (message) => {
      const expected = /Failed to load resource/.test(message.text());
      if (message.type() === "error" && !expected) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("dialog", (dialog) => { complaints.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    return page;
  };
  const close = async () => {
    await browser.close();
    assert.deepEqual(complaints, [], "the console complained");
  };
  return { open, close, complaints };
}

/** A picture to look at, in build/browser; of a long page its beginning: { height }. */
export async function picture(page, name, clip) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const whole = clip && { x: 0, y: 0, width: page.viewportSize().width, ...clip };
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, clip: whole });
}

/** What axe says of a page; the checking runs in a world of its own, so that the page's policy stays as it is. */
export async function violations(page, without = []) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate",
      { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    assert.ok(!exceptionDetails, JSON.stringify(exceptionDetails));
    return result.value;
  };
  await run(`${axeSource}; 0`);
  const found = await run(`axe.run(document, { resultTypes: ["violations"],
    rules: Object.fromEntries(${JSON.stringify(without)}.map((rule) => [rule, { enabled: false }])),
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
    .then((report) => report.violations.map((one) => ({ id: one.id, help: one.help, nodes: one.nodes.map((node) => node.html) })))`);
  await session.detach();
  return found;
}

/** Runs tests one after another and says how each went. */
export async function tests(list) {
  let failed = 0;
  for (const [name, test] of Object.entries(list)) {
    const began = Date.now();
    try {
      await test();
      console.log(`ok ${name} (${Date.now() - began} ms)`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}: ${error.stack}`);
    }
  }
  console.log(`${Object.keys(list).length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

/** Chooses a point of a scale, as a thumb does. */
export const choose = (page, field, value) => page.locator(`input[name="${field}"][value="${value}"]`).check({ force: true });
