/* Bringing in a report. First step: what is pasted and not handed in yet is kept in this browser. Second step: so is
   what somebody has changed and not saved yet; and a proposal and its words in the text light up together, whichever
   of them is pointed at or in hand. The server says when a copy has been saved (everywhere.js erases it). */

import { erase, keep, kept } from "./copies.js";

const NAME = "report"; // in the place of an article's number
const handing = document.getElementById("import_form");
const deciding = document.getElementById("decide_form");

if (handing) {
  keepText(handing);
  takeDropped(handing.elements.file);
}
if (deciding) {
  erase(NAME); // it has been handed in
  keepDecisions(deciding);
  lightTogether(deciding);
}

function keepText(form) {
  const { account, taken } = form.dataset;
  const text = form.elements.text;
  const before = kept(account, NAME)[0];
  if (before?.text && !text.value) {
    text.value = before.text;
    form.querySelector("[role=status]").textContent = taken;
  }
  const note = () => keep(account, NAME, { token: NAME, page: NAME, at: Date.now(), text: text.value });
  if (text.value) note(); // who is quick has pasted it already
  text.addEventListener("input", note);
}

/* The same proposals make the same fields in the same order: what they hold is kept as a list. */
function keepDecisions(form) {
  const { account, report, sentBack } = form.dataset;
  const token = `report-${report}`;
  const mark = form.elements.mark.value;
  const fields = [...form.elements].filter(({ name, type }) => name && type !== "hidden" && !/submit|button/.test(type));
  const isTicked = ({ type }) => type === "checkbox" || type === "radio";
  const before = kept(account, token)[0];
  if (before?.mark === mark && before.held.length === fields.length && sentBack === undefined) {
    fields.forEach((field, place) => {
      field[isTicked(field) ? "checked" : "value"] = before.held[place];
    });
    const told = form.querySelector(".decide-taken");
    told.hidden = false;
    told.querySelector("button").addEventListener("click", () => {
      erase(token);
      form.reset();
      told.hidden = true;
    });
  }
  form.addEventListener("input", () => {
    const held = fields.map((field) => field[isTicked(field) ? "checked" : "value"]);
    keep(account, token, { token, page: token, mark, at: Date.now(), held });
  });
}

/* A file may be dropped anywhere on the page. */
function takeDropped(input) {
  const has = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    input.classList.add("is-over");
  });
  document.addEventListener("dragleave", () => input.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    if (!has(event)) return;
    event.preventDefault();
    input.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    input.focus();
  });
}

function lightTogether(form) {
  const text = document.querySelector(".said-text");
  let lit = [];

  function marks(name) {
    return [...text.querySelectorAll(`[data-said~="${CSS.escape(name)}"]`)];
  }

  function light(names, isInForm) {
    for (const each of lit) each.classList.remove("is-lit");
    lit = names.flatMap((name) => [document.getElementById(name), ...marks(name)]).filter(Boolean);
    for (const each of lit) each.classList.add("is-lit");
    if (isInForm) show(marks(names[0])[0]);
  }

  /* Bring a mark into sight inside the text, and move nothing else. */
  function show(mark) {
    if (!mark) return;
    const box = text.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) {
      text.scrollTop += at.top - box.top - box.height / 3;
    }
  }

  for (const kind of ["pointerover", "focusin"]) {
    text.addEventListener(kind, ({ target }) => {
      const mark = target.closest("[data-said]");
      if (mark) light(mark.dataset.said.split(" "), false);
    });
    form.addEventListener(kind, ({ target }) => {
      const proposal = target.closest(".proposal, .decide-check, #committee, #conference");
      if (proposal) light([proposal.id], true);
    });
  }
  // Whoever chooses an indicator means to keep the figure.
  form.addEventListener("change", ({ target }) => {
    const keeping = target.name?.endsWith("-indicator") && target.value && target.closest(".proposal");
    if (keeping) keeping.querySelector("[name$=-keep]").checked = true;
  });
  // A mark leads to the first thing that can be done with its proposal.
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-said]");
    const proposal = mark && document.getElementById(mark.hash.slice(1));
    if (!proposal) return;
    event.preventDefault();
    proposal.scrollIntoView({ block: "nearest" });
    (proposal.querySelector("input, select, textarea") ?? proposal).focus({ preventScroll: true });
  });
  form.addEventListener("click", (event) => {
    const place = event.target.closest(".proposal-place");
    const mark = place && document.getElementById(place.hash.slice(1));
    if (!mark) return;
    event.preventDefault();
    show(mark);
    mark.focus({ preventScroll: true });
  });
  const first = form.querySelector(".errornote") && form.querySelector(".errors input, .errors select, .errors textarea");
  first?.closest(".proposal, .said-field")?.scrollIntoView({ block: "nearest" });
  first?.focus({ preventScroll: true });
}
