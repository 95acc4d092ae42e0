// SPDX-License-Identifier: GPL-3.0-or-later
// "axe-core finds 0 violations on every page" (issue 4): every page and state, light and dark, narrow and wide.
import assert from "node:assert/strict";
import { browse, choose, counter, picture, stage, tests, violations } from "./support.mjs";

const looks = [
  { name: "phone-light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 320, height: 640 }, colorScheme: "dark" },
  { name: "wide-light", viewport: { width: 1200, height: 800 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1200, height: 800 }, colorScheme: "dark" },
];

/** The checking finds what is wrong, so that finding nothing means something. */
async function planted() {
  const browser = await browse();
  const page = await browser.open();
  await page.setContent("<!doctype html><html><body><img src='data:,'><input><p style='color:#ccc;background:#fff'>pale</p></body></html>");
  const found = (await violations(page)).map(({ id }) => id);
  for (const fault of ["image-alt", "label", "color-contrast", "html-has-lang", "document-title"])
    assert.ok(found.includes(fault), `${fault} was not found`);
  await browser.close();
}

await tests({ "finds planted faults": planted, ...Object.fromEntries(looks.map(({ name, ...options }) => [`every page: ${name}`, async () => {
  const zone = counter({ languages: ["de"], translations: { de: { "item.q1": "Arzneien liegen bereit" } } });
  const place = await stage(zone), browser = await browse();
  const [links, other] = place.invite(2);
  const doors = Object.fromEntries(["kiosk", "embed", "paper"].map((kind) => [kind, place.door(kind).link]));
  const page = await browser.open(options);
  const look = async (what) => {
    const found = await violations(page);
    await picture(page, `${name}-${what}`);
    assert.deepEqual(found, [], `${what}: ${page.url()}`);
    const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
    assert.ok(wide <= room, `${what} is wider than its window: ${wide} of ${room}`);
    const small = await page.evaluate(() => [...document.querySelectorAll("button, a, label.point, label.none, label.option")]
      .map((target) => ({ text: target.textContent, box: target.getBoundingClientRect(), inline: !!target.closest("p:not(.buttons), li") }))
      .filter(({ box, inline }) => !inline && box.height > 0 && box.height < 44).map(({ text }) => text));
    assert.deepEqual(small, [], `${what}: targets below 44 px`);
  };
  await page.goto(links.expectation);
  await look("expectation");
  await choose(page, "expectation.q1", 2);
  await choose(page, "minimum.q1", 6);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await look("inverted");
  await page.getByRole("button", { name: "Send as it is" }).click();
  await page.waitForURL(/\/thanks/);
  await look("thanks");
  await page.goto(links.expectation);
  await look("used");
  await page.goto(links.perception);
  await look("early");
  await page.getByRole("button", { name: "My visit is over" }).click();
  await look("perception");
  await page.locator('input[name="outcome.spend"]').fill("much");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await look("problem");
  await page.goto(`${other.expectation}?lang=de`);
  await look("german");
  await page.getByRole("button", { name: "Speichern und später fertigstellen" }).click();
  await page.waitForURL(/\/thanks/);
  await look("saved");
  for (const [kind, link] of Object.entries(doors)) {
    await page.goto(link);
    await look(kind);
  }
  await page.goto(`${place.base}/open/counter?wave=expectation`);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator("a.button").waitFor();
  await look("follow-up");
  await page.goto(`${place.base}/s/aaaaaaaaaaaaaaaaaaaaaaaaaa`);
  await look("unknown");
  await page.goto(`${place.base}/nowhere`);
  await look("missing");
  const asking = await stage(counter({ consent: "We keep it a year.", consent_required: true }));
  await page.goto(asking.invite(1)[0].expectation);
  await choose(page, "expectation.q1", 2);
  await look("consent");
  // The browser asks for the tick where it can, and the server where it cannot.
  await page.getByRole("button", { name: "Send", exact: true }).click();
  assert.equal(await page.locator("input[name=_consent]:invalid").count(), 1);
  await page.locator("form").evaluate((form) => form.submit());
  await page.getByRole("alert").waitFor();
  await look("consent missing");
  await page.getByText("I have read this and agree").click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Your answers are stored").waitFor();
  await asking.close();
  place.run("study", "close", "counter");
  await page.goto(other.expectation);
  await look("closed");
  await browser.close();
  await place.close();
}])) });
