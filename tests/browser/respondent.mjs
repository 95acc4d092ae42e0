// SPDX-License-Identifier: GPL-3.0-or-later
// "a respondent answers both waves on a 390-px phone with JavaScript off and with it on, leaves half-way and resumes" (issue 4).
import assert from "node:assert/strict";
import { browse, choose, counter, picture, stage, tests } from "./support.mjs";

const items = ["q1", "q2", "q3", "q4"];
const receipt = /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/;

async function bothWaves(script) {
  const place = await stage(), browser = await browse();
  const [links] = place.invite();
  const page = await browser.open({ javaScriptEnabled: script });
  await page.goto(links.expectation);
  assert.equal(await page.locator("h1").textContent(), "Before your visit");
  await page.locator('input[name="sources"][value="friends"]').check();
  for (const item of items) {
    await choose(page, `expectation.${item}`, 6);
    await choose(page, `minimum.${item}`, 3);
  }
  await picture(page, `expectation-${script ? "script" : "plain"}`);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForURL(/\/thanks/);
  assert.match(await page.textContent("main"), receipt);
  await page.reload();
  assert.match(await page.textContent("main"), receipt);

  await page.goto(links.perception);
  assert.equal(await page.locator("h1").textContent(), "Not yet");
  await page.getByRole("button", { name: "My visit is over" }).click();
  assert.equal(await page.locator("h1").textContent(), "After your visit");
  await page.locator('textarea[name="noticed"]').fill("The queue\nwas short & friendly <b>");
  for (const item of items) await choose(page, `perception.${item}`, 4);
  await choose(page, "outcome.satisfaction", 8);
  await page.locator('input[name="outcome.spend"]').fill("12,50");
  await page.locator('input[name="segment.sex"][value="woman"]').check();
  await picture(page, `perception-${script ? "script" : "plain"}`);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForURL(/\/thanks/);
  await picture(page, `thanks-${script ? "script" : "plain"}`);

  await page.goto(links.expectation);
  assert.equal(await page.locator("h1").textContent(), "Already answered");
  assert.match(await page.textContent("main"), receipt);
  await browser.close();
  const table = place.responses();
  assert.match(table, /12\.5/);
  assert.match(table, /was short & friendly <b>/);
  assert.match(table, /,friends/);
  await place.close();
}

await tests({
  "both waves with JavaScript off": () => bothWaves(false),
  "both waves with JavaScript on": () => bothWaves(true),

  "leaves half-way and resumes, with and without a script": async () => {
    const place = await stage(), browser = await browse();
    const [plain, script] = place.invite(2);
    const first = await browser.open({ javaScriptEnabled: false });
    await first.goto(plain.expectation);
    await choose(first, "expectation.q1", 5);
    await choose(first, "minimum.q3", 2);
    await first.getByRole("button", { name: "Save and finish later" }).click();
    assert.equal(await first.locator("h1").textContent(), "Saved");
    const second = await browser.open({ javaScriptEnabled: false });
    await second.goto(plain.expectation);
    assert.ok(await second.locator('input[name="expectation.q1"][value="5"]').isChecked());
    assert.ok(await second.locator('input[name="minimum.q3"][value="2"]').isChecked());
    assert.ok(!(await second.locator('input[name="expectation.q2"]:checked').count()));

    const third = await browser.open();
    await third.goto(script.expectation);
    await choose(third, "expectation.q2", 7);
    await third.getByText("Saved. You may come back to this page later.").waitFor();
    const fourth = await browser.open();
    await fourth.goto(script.expectation);
    assert.ok(await fourth.locator('input[name="expectation.q2"][value="7"]').isChecked());
    assert.match(await fourth.locator(".progress").textContent(), /^1 of 5 answered$/);
    await browser.close();
    await place.close();
  },

  "an error shows what was typed again, and where": async () => {
    const place = await stage(), browser = await browse();
    const [links] = place.invite();
    const page = await browser.open({ javaScriptEnabled: false });
    await page.goto(links.perception);
    await page.getByRole("button", { name: "My visit is over" }).click();
    await choose(page, "perception.q1", 2);
    await page.locator('textarea[name="comment.why"]').fill("Kept?\n  yes");
    await page.locator('input[name="outcome.spend"]').fill("a lot");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.equal(await page.getByRole("alert").locator("h2").textContent(), "Please look at this again");
    assert.ok(await page.locator('input[name="perception.q1"][value="2"]').isChecked());
    assert.equal(await page.locator('textarea[name="comment.why"]').inputValue(), "Kept?\n  yes");
    assert.equal(await page.locator('[id="outcome.spend"]').getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator('[id="outcome.spend"]').inputValue(), "a lot");
    await page.getByRole("alert").getByRole("link").click();
    assert.match(page.url(), /#outcome\.spend$/);
    await picture(page, "problem");
    await browser.close();
    assert.equal(place.counts().perception?.answered ?? 0, 0);
    await place.close();
  },

  "order inversions are shown once": async () => {
    const place = await stage(), browser = await browse();
    const [links] = place.invite();
    const page = await browser.open();
    await page.goto(links.expectation);
    await choose(page, "expectation.q1", 2);
    await choose(page, "minimum.q1", 6);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.equal(await page.getByRole("alert").locator("h2").textContent(), "Is this what you mean?");
    await picture(page, "inverted");
    await page.getByRole("button", { name: "Send as it is" }).click();
    await page.waitForURL(/\/thanks/);
    await browser.close();
    await place.close();
  },

  "looking uses nothing up": async () => {
    const place = await stage(), browser = await browse();
    const [links] = place.invite();
    for (let i = 0; i < 5; i++)
      for (const method of ["GET", "HEAD"])
        assert.equal((await fetch(links.expectation, { method })).status, 200);
    const page = await browser.open();
    await page.goto(links.expectation);
    await choose(page, "expectation.q1", 5);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.waitForURL(/\/thanks/);
    await browser.close();
    await place.close();
  },

  "keyboard alone": async () => {
    const place = await stage(counter({ ask_sources: false })), browser = await browse();
    const [links] = place.invite();
    const page = await browser.open();
    await page.goto(links.expectation);
    for (let i = 0; i < 8; i++) {
      // Each scale is one stop of the tab key; "does not apply" belongs to it.
      await page.locator(`input[type="radio"]`).nth(i * 8).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowRight");
    }
    assert.equal(await page.locator('input[type="radio"][value="2"]:checked').count(), 8);
    await page.getByRole("button", { name: "Send", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/thanks/);
    await browser.close();
    await place.close();
  },

  "an open link gives a link for afterwards, in Arabic from right to left": async () => {
    const study = counter({ identity: "anonymous", languages: ["ar"],
      translations: { ar: { title: "منضدة الصيدلية", "item.q1": "الأدوية جاهزة في الموعد", "item.q2": "المعلومات صحيحة",
        "item.q3": "الموظفون يصغون", "item.q4": "الخصوصية محفوظة" } } });
    const place = await stage(study), browser = await browse();
    const page = await browser.open({ locale: "ar" });
    await page.goto(`${place.base}/open/counter?wave=expectation`);
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    await choose(page, "expectation.q1", 7);
    await picture(page, "arabic");
    await page.getByRole("button", { name: "إرسال" }).click();
    const link = await page.locator("a.button").getAttribute("href");
    assert.match(link, /\/s\/[a-z2-7]{26}$/);
    await page.goto(link);
    assert.equal(await page.locator("html").getAttribute("lang"), "ar");
    await choose(page, "perception.q1", 4);
    await page.getByRole("button", { name: "إرسال" }).click();
    await page.waitForURL(/\/thanks/);
    await browser.close();
    await place.close();
  },
});
