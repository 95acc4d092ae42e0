// SPDX-License-Identifier: GPL-3.0-or-later
// "A sweep of hostile texts over every field and page": text stays text. A script that runs calls a dialog, and a policy that is broken
// complains in the console; browse() fails the test for either.
import assert from "node:assert/strict";
import { browse, choose, counter, picture, stage, tests } from "./support.mjs";

const mark = "hostile";
const payloads = [
  `<script>alert("${mark}")</script>`, `"><script>alert("${mark}")</script>`, `'><img src=x onerror=alert("${mark}")>`,
  `<img src=x onerror=alert("${mark}")>`, `<svg onload=alert("${mark}")>`, `<svg><script>alert("${mark}")</script></svg>`,
  `" onmouseover="alert('${mark}')`, `' onfocus='alert(1)' autofocus='`, `javascript:alert("${mark}")`, `</title><script>alert(1)</script>`,
  `</textarea><script>alert(1)</script>`, `</legend></fieldset><script>alert(1)</script>`, `<iframe srcdoc="<script>alert(1)</script>">`,
  `<a href="javascript:alert(1)">x</a>`, `<body onload=alert(1)>`, `<style>*{display:none}</style>`, `<link rel=stylesheet href=//evil.example/x>`,
  `<meta http-equiv=refresh content="0;url=//evil.example">`, `<base href="//evil.example/">`, `<form action=//evil.example><input type=submit>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
  `<!--><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)`,
  `<scr<script>ipt>alert(1)</scr</script>ipt>`, `<ScRiPt>alert(1)</sCrIpT>`, `<img/src=x/onerror=alert(1)>`, `<img src=x onerror="alert(1)"//`,
  `<details open ontoggle=alert(1)>`, `<video><source onerror=alert(1)>`, `<input autofocus onfocus=alert(1)>`, `<marquee onstart=alert(1)>`,
  `<object data="javascript:alert(1)">`, `<embed src="javascript:alert(1)">`, `{{constructor.constructor('alert(1)')()}}`, `\${alert(1)}`, `#{alert(1)}`,
  `%3Cscript%3Ealert(1)%3C/script%3E`, `\\u003cscript\\u003ealert(1)\\u003c/script\\u003e`, `＜script＞alert(1)＜/script＞`, `<script\u2028>alert(1)</script>`,
  `=cmd|' /C calc'!A0`, `+1+1`, `-2+3`, `@SUM(1+1)`, `\u202Eevil\u202C`, `a\u0300\u0301\u0302\u0303`, `😀<b>`, `Ω≈ç√∫`, `ﷺ`, `'; DROP TABLE study; --`,
  `" OR 1=1 --`, `\`id\``, `$(id)`, `../../../etc/passwd`, `C:\\\\con\\\\con`, `%s%s%n`, `{0}{n}{all}`, `\u200B\u200D`, `null`, `true`, `NaN`, `-0`, `1e999`,
  `<plaintext>`, `<xmp><script>alert(1)</script>`, `x`.repeat(300),
];

/** A study whose every text is hostile: names, labels, consent, questions, options, translations. */
function hostileStudy(some) {
  const at = (i) => some[i % some.length].trim() || "x";
  return counter({
    contact: at(0), consent: at(1), languages: ["de"],
    translations: { de: { title: at(2), "item.q1": at(3), "label.scale.1": at(4) } },
    segments: { sex: { text: at(5), options: [at(6), "man"] } }, outcomes: { spend: at(7), satisfaction: at(8) }, comments: { why: at(9) },
  }, {
    title: at(10),
    scale: { min: 1, max: 7, step: 1, labels: { 1: at(11), 4: at(12), 7: at(13) } },
    items: ["q1", "q2", "q3", "q4"].map((id, i) => ({ id, dimension: i < 2 ? "reliability" : "care", text: at(14 + i) })),
  });
}

await tests({
  "in every text of a study": async () => {
    const browser = await browse();
    for (let from = 0; from < payloads.length; from += 18) {
      const some = [...payloads.slice(from), ...payloads].slice(0, 18);
      const place = await stage(hostileStudy(some));
      const page = await browser.open();
      const [links] = place.invite(1, "--attribute", `branch=${some[3]}`);
      for (const language of ["en", "de"]) {
        await page.goto(`${links.expectation}?lang=${language}`);
        assert.equal(await page.locator("fieldset.question").count(), 5);
        assert.equal(await page.locator("main script, main img, main iframe, main svg, main style, main object").count(), 0);
      }
      await picture(page, `hostile-${from}`);
      await page.goto(`${links.perception}`);
      await page.getByRole("button", { name: "My visit is over" }).click();
      assert.equal(await page.locator("h1").count(), 1);
      await page.goto(`${place.base}/open/counter?wave=expectation&lang=${encodeURIComponent(some[0])}`);
      for (const word of some.slice(0, 6)) {
        await page.goto(`${place.base}/thanks?receipt=${encodeURIComponent(word)}&again=${encodeURIComponent(word)}&lang=${encodeURIComponent(word)}`);
        assert.equal(await page.locator("h1").textContent(), "Thank you");
        assert.equal(await page.locator("main a").count(), 0);
      }
      await place.close();
    }
    await browser.close();
  },

  "in every text of an answer, and shown again": async () => {
    const place = await stage(), browser = await browse();
    const door = place.door("paper");
    const page = await browser.open();
    for (const payload of payloads) {
      await page.goto(door.link);
      await page.locator('textarea[name="noticed"]').fill(payload);
      await page.locator('textarea[name="comment.why"]').fill(payload);
      await page.locator('input[name="outcome.spend"]').fill(payload);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator("h1").waitFor();
      if (await page.getByRole("alert").count()) {
        assert.equal(await page.locator("main script, main img, main iframe, main svg").count(), 0);
        const kept = await page.locator('textarea[name="comment.why"]').inputValue();
        assert.equal(kept.trim(), payload.trim());
        await page.locator('input[name="outcome.spend"]').fill("1");
        await page.getByRole("button", { name: "Send", exact: true }).click();
      }
      await page.waitForURL(/\/thanks/);
    }
    await browser.close();
    // In a spreadsheet none of them is a formula.
    const cells = place.responses().split("\n").flatMap((line) => line.split(","));
    assert.deepEqual(cells.filter((cell) => /^"?[=+@\t\r]/.test(cell)), []);
    await place.close();
  },
});
