/* How the numbers of an article stand, beside its editor and while it is typed. The server finds it and writes it
   (articles/desk/numbers.py); what comes too late is dropped, and nothing is saved by asking. */

import { editorsOf, editorsReady } from "./fields.js";
import { follow } from "./places.js";

const AFTER = 900; // the last change
const PATIENCE = 15000; // with an answer
const SENT = /^(title|lead|body|conference|photos-\d+-caption|mentions-\d+-(id|words|part|statistic|award|DELETE)|_account)$/;

const section = document.getElementById("numbers");
const form = document.getElementById("article_form");
const said = section.querySelector(".numbers-said");
const found = section.querySelector(".numbers-found");

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

class Numbers {
  constructor() {
    this.asked = "";
    const mark = () => this.mark();
    form.addEventListener("input", mark);
    window.django.jQuery(form).on("change", mark); // select2 says it to jQuery alone
    ["formset:added", "formset:removed"].forEach((name) => document.addEventListener(name, mark));
    window.addEventListener("online", mark);
    editorsReady(form).then(() => {
      editorsOf(form).forEach((editor) => editor.on("change", mark));
      // What the form was opened with has been looked at already; a new one, or one that was sent back, has not.
      this.asked = section.hidden ? "" : this.question().toString();
      if (form.elements.title.value) this.mark();
    });
  }

  mark() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), AFTER);
  }

  question() {
    editorsOf(form).filter(({ status }) => status === "ready").forEach((editor) => editor.updateElement());
    const sent = new URLSearchParams([["article", section.dataset.article]]);
    [...form.elements]
      .filter(({ name, type, checked }) => SENT.test(name) && (type !== "checkbox" || checked))
      .forEach(({ name, value }) => sent.append(name, value));
    return sent;
  }

  async ask() {
    const body = this.question();
    if (body.toString() === this.asked || !navigator.onLine) return;
    this.asked = body.toString();
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const late = setTimeout(() => request.abort(), PATIENCE);
    const headers = { "X-CSRFToken": cookie("csrftoken") };
    try {
      const answer = await fetch(section.dataset.address, { method: "POST", body, headers, signal: request.signal });
      const told = await answer.json();
      if (this.request === request) this.show(answer.ok ? told : { said: told.sentence });
    } catch {
      if (this.request === request) this.show({ said: section.dataset.failed });
    } finally {
      clearTimeout(late);
    }
  }

  show({ html, said: sentence }) {
    section.hidden = false;
    if (said.textContent !== sentence) said.textContent = sentence; // read out once
    if (html === undefined) {
      this.asked = ""; // the next change asks again, whatever it is
      return;
    }
    const open = new Map([...found.querySelectorAll("details")].map((group) => [group.dataset.group, group.open]));
    const held = found.contains(document.activeElement) ? document.activeElement.closest("li, summary")?.innerText : null;
    found.innerHTML = html; // a template of the server's, which escapes
    found.querySelectorAll("details").forEach((group) => {
      group.open = open.get(group.dataset.group) ?? group.open;
    });
    if (held) [...found.querySelectorAll("li, summary")].find(({ innerText }) => innerText === held)?.querySelector("a")?.focus();
  }
}

/* Beside the texts that they stand in, where there is room. */
function moveBeside() {
  const texts = form.elements.body.closest("fieldset");
  texts.classList.add("beside-numbers");
  texts.append(section);
}

/* A row for a figure that has none is made in a window of its own, and comes back as a mention of those words. */
function make(link) {
  const total = form.elements["mentions-TOTAL_FORMS"];
  const add = document.querySelector("#mentions-group .add-row a");
  if (!total || !add) return false;
  const row = `mentions-${total.value}`;
  add.click();
  const opener = document.getElementById(`add_id_${row}-statistic`);
  if (!opener) return false;
  form.elements[`${row}-words`].value = link.dataset.words;
  form.elements[`${row}-part`].value = link.dataset.part;
  const address = new URL(link.href);
  new URL(opener.href, window.location).searchParams.forEach((value, name) => address.searchParams.set(name, value));
  opener.href = address;
  opener.click();
  const chosen = form.elements[`${row}-statistic`];
  const watch = setInterval(() => {
    const popup = window.relatedWindows?.at(-1);
    if (popup && !popup.closed) return;
    clearInterval(watch);
    if (!chosen.value) document.querySelector(`#${row} .inline-deletelink`)?.click(); // it was thought better of
  }, 700);
  return true;
}

found.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  if (link.matches(".numbers-new") ? make(link) : link.hash && follow(link)) event.preventDefault();
});

if (form.elements.body?.tagName === "TEXTAREA") {
  moveBeside();
  new Numbers();
}
