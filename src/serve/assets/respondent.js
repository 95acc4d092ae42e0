// SPDX-License-Identifier: GPL-3.0-or-later
// What a script adds to a form: how far one is, in words, and saving on the way. The form works without it.
"use strict";
(() => {
  const form = document.querySelector("form[data-progress]");
  if (!form) return;
  const questions = [...form.querySelectorAll("fieldset.question")];
  const words = form.dataset.progress;
  const line = document.createElement("p");
  line.className = "progress";
  line.setAttribute("role", "status");
  form.before(line);

  const answered = (question) =>
    [...question.querySelectorAll("input, textarea")].some((field) =>
      field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim() !== "");
  const tell = () => {
    const done = questions.filter(answered).length;
    line.textContent = words.replace("{n}", done).replace("{all}", questions.length);
  };

  let waiting = 0, sent = false;
  const save = async () => {
    if (sent) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("_do", "save");
    try {
      const reply = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
      if (!sent && reply.type === "opaqueredirect") line.textContent = form.dataset.saved;
    } catch { /* the next change tries again */ }
  };
  // A second click sends nothing: the reply to it would come instead of the first one's.
  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; clearTimeout(waiting); });
  addEventListener("pageshow", () => { sent = false; });
  form.addEventListener("input", () => {
    tell();
    if (!form.dataset.saved) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  });
  tell();
  const problems = document.querySelector(".problems");
  if (problems) { problems.tabIndex = -1; problems.focus(); }
})();
