// SPDX-License-Identifier: GPL-3.0-or-later
// The report as a page: sound HTML, 0 violations in every look and reading direction, one file without a network, usable at 320 px and by
// keyboard, and whole on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browse, picture, require, tests, violations } from "./support.mjs";

const { FileSystemConfigLoader, HtmlValidate, esmResolver } = require("html-validate");
const program = process.env.GAPMETER_BINARY;
const folder = mkdtempSync(join(tmpdir(), "gapmeter-report-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const run = (...words) => execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
run("demo", "--out", "demo");
// One pixel.
writeFileSync(join(folder, "logo.png"), Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));

/** A report as a file. */
function report(name, ...words) {
  const path = join(folder, `${name}.html`);
  run("report", "demo/answers.csv", "--study", "demo/study.json", "--by", "hotel", "-o", path, ...words);
  return path;
}

// Contrast takes seconds for each thousand cells: it is looked at in a short report that has every colour.
const parts = ["--sections", "opening,gaps,method"];
const pages = { en: report("en", "--logo", "logo.png"), rtl: report("ar", "--language", "ar"),
  brief: report("brief", ...parts), briefly: report("briefly", "--language", "ar", ...parts) };
const rules = { root: true, extends: ["html-validate:standard", "html-validate:a11y"] };
const validator = new HtmlValidate(new FileSystemConfigLoader(rules));

/** What the validator says of a text. */
async function faults(text) {
  const { results } = await validator.validateString(text, rules);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`));
}

async function planted() {
  const found = (await faults("<!doctype html><html><body><p><div id='a'></div></p><h1 id='a'>x</h1><ul><p>y</p></ul></body></html>")).join("\n");
  for (const rule of ["no-dup-id", "element-permitted-content", "element-required-content"])
    assert.ok(found.includes(rule), `${rule} was not found in: ${found}`);
}

async function sound() {
  for (const [name, path] of Object.entries(pages))
    assert.deepEqual(await faults(readFileSync(path, "utf8")), [], name);
}

const looks = [
  { name: "light-390", viewport: { width: 390, height: 844 }, colorScheme: "light", looked: ["brief"] },
  { name: "dark-390", viewport: { width: 390, height: 844 }, colorScheme: "dark", looked: ["brief", "briefly"] },
  { name: "light-1200", viewport: { width: 1200, height: 800 }, colorScheme: "light", looked: ["en", "briefly"] },
  { name: "dark-1200", viewport: { width: 1200, height: 800 }, colorScheme: "dark", looked: ["brief", "briefly"] },
  { name: "narrowest", viewport: { width: 320, height: 640 }, colorScheme: "light", looked: ["brief", "briefly"] },
];

async function look({ name, looked, ...options }) {
  const browser = await browse();
  for (const language of looked) {
    const page = await browser.open(options);
    const asked = [], direction = language === "briefly" ? "rtl" : "ltr";
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(pages[language]).href);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), direction);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    assert.deepEqual(await violations(page, language === "en" ? ["color-contrast"] : []), [], `${name} ${language}`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = false; }));
    const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
    assert.ok(wide <= room, `${language} is wider than its window: ${wide} of ${room}`);
    assert.deepEqual(asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")), []);
    assert.equal(asked.filter((url) => url.startsWith("file:")).length, 1);
    await picture(page, `report-${name}-${language}`, { height: 4000 });
    await page.context().close();
  }
  await browser.close();
}

/** Links lead to what they name; a chart's link opens the table that is folded away. */
async function links() {
  const browser = await browse();
  const page = await browser.open({ viewport: { width: 1200, height: 800 } });
  await page.goto(pathToFileURL(pages.en).href);
  const contents = page.locator("nav a"), twins = page.locator(".twin a");
  assert.ok(await contents.count() >= 4);
  assert.ok(await twins.count() >= 2);
  for (const link of [...await contents.all(), ...await twins.all()]) {
    const id = (await link.getAttribute("href")).slice(1);
    await link.click();
    const box = await page.locator(`[id="${id}"]`).boundingBox();
    assert.ok(box && box.height > 0 && box.y < 800 && box.y + box.height > 0, `#${id} is not in view: ${JSON.stringify(box)}`);
  }
  await browser.close();
}

/** Whatever the tabulator key reaches shows that it has the focus. */
async function keyboard() {
  const browser = await browse();
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.open({ viewport: { width: 390, height: 844 }, colorScheme });
    await page.goto(pathToFileURL(pages.en).href);
    const seen = new Set();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const { kind, outline, width } = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return { kind: document.activeElement.localName, outline: style.outlineStyle, width: parseFloat(style.outlineWidth) };
      });
      if (kind === "body") break;
      assert.ok(outline === "solid" && width >= 2, `${kind}: ${outline} ${width}`);
      seen.add(kind);
    }
    for (const kind of ["a", "div", "summary"])
      assert.ok(seen.has(kind), `no ${kind} takes the focus`);
  }
  await browser.close();
}

/** On paper: A4, nothing folded, nothing to click, heads again on each page, whole tables within the margins. */
async function paper() {
  const browser = await browse();
  const page = await browser.open({ viewport: { width: 658, height: 900 } });
  await page.goto(pathToFileURL(pages.en).href);
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => getComputedStyle(document.querySelector("summary")).display === "none");
  const { folded, hidden, clicks, narrow, wide, groups } = await page.evaluate(() => {
    const shown = (element) => element.getBoundingClientRect().height > 0;
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
      folded: all("details").length, hidden: all("details table").filter((table) => !shown(table) || !table.checkVisibility()).length,
      clicks: all("nav, .twin, summary").filter(shown).length, narrow: all("svg.narrow").filter(shown).length,
      wide: all("table").filter((table) => table.scrollWidth > document.documentElement.clientWidth).map((table) => table.caption.textContent),
      groups: all("thead").filter((head) => getComputedStyle(head).display !== "table-header-group").length,
    };
  });
  assert.ok(folded > 0, "nothing is folded: this proves nothing");
  assert.deepEqual({ hidden, clicks, narrow, wide, groups }, { hidden: 0, clicks: 0, narrow: 0, wide: [], groups: 0 });
  const bytes = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const boxes = [...bytes.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [Number(width), Number(height)]);
  assert.ok(boxes.length > 3);
  for (const [width, height] of boxes)
    assert.ok(Math.abs(width - 595.28) < 1 && Math.abs(height - 841.89) < 1, `${width} × ${height} is not A4`);
  await browser.close();
}

await tests({
  "the validator finds planted faults": planted, "sound HTML": sound, "links lead somewhere": links, "the keyboard is seen": keyboard,
  "whole on paper": paper, ...Object.fromEntries(looks.map((one) => [`axe: ${one.name}`, () => look(one)])),
});
