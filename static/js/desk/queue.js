/* The moderators' queue by keyboard, and without a page load for each decision. A decision is shown at once and sent
   in the background, one after another; what is not sent is said, tried again, and held on to before one leaves.
   The forms of the page are what is sent, and all of it works without this script. */

import { Sender } from "./sender.js";

const queue = document.querySelector(".queue");
const told = JSON.parse(document.getElementById("queue-told").textContent);
const list = queue.querySelector(".queue-list");
const status = queue.querySelector(".queue-said");
const choice = document.getElementById("queue-keys");
const cookie = `queue_keys_${Object.values(told.account)[0]}`;
const sender = new Sender(told, queue.querySelector(".queue-trouble"), settle);
const acts = [...queue.querySelectorAll("[data-act]")].map((row) => row.dataset.act).reverse(); // the latest last

const itemOf = (element) => element?.closest?.(".queue-item");
const open = () => [...list.querySelectorAll(".queue-item:not([data-became])")];
const found = (key) => document.getElementById(`${told.kind}-${key}`);

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function say(words, values = {}) {
  status.textContent = fill(words, values);
}

/* --- Which comment is in hand ------------------------------------------------------------------ */

function take(item) {
  if (!item) return;
  for (const other of list.querySelectorAll(".queue-item[tabindex='0']")) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(way) {
  const items = [...list.querySelectorAll(".queue-item")];
  const place = items.indexOf(itemOf(document.activeElement));
  take(items[place === -1 ? 0 : place + way]);
}

/* What comes after `item` and is not decided yet; else the one before it, else the way on. */
function takeNext(item) {
  const items = open();
  const next = items.find((other) => item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const done = queue.querySelector(".queue-done");
  if (next ?? items.at(-1)) {
    take(next ?? items.at(-1));
  } else if (done) {
    done.hidden = false;
    done.querySelector("a").focus();
    status.textContent += ` ${told.words.end}`;
  }
}

/* --- Deciding ---------------------------------------------------------------------------------- */

function show(item, state) {
  const line = item.querySelector(".queue-line");
  const label = line.querySelector(".queue-state");
  item.dataset.became = state;
  label.textContent = told.became[state];
  label.className = `queue-state queue-${state}`;
  line.hidden = false;
  const box = item.querySelector("[form=queue-many]");
  if (box) box.checked = false;
}

function showAgain(item) {
  delete item.dataset.became;
  item.querySelector(".queue-line").hidden = true;
}

function decide(items, { to, reason = "", words = "", fields = {} }) {
  if (!items.length) return say(told.words.none);
  const act = crypto.randomUUID();
  for (const item of items) {
    item.dataset.act = act;
    item.querySelector(".queue-refused").hidden = true;
    show(item, to);
  }
  acts.push(act);
  sender.add({ act, to, reason, words, ...fields }, items.map((item) => item.dataset.key));
  const values = { state: told.became[to], name: items[0].dataset.name, count: items.length };
  say(fields.reply ? told.words.answered : items.length > 1 ? told.words.many : told.words.decided, values);
  takeNext(items.at(-1));
}

function undo(act = acts.at(-1)) {
  if (!act) return say(told.words.nothing);
  acts.splice(acts.lastIndexOf(act), 1);
  const items = [...list.querySelectorAll(`[data-act="${act}"]`)];
  for (const item of items) {
    showAgain(item);
    delete item.dataset.act;
  }
  queue.querySelector(`.queue-acts [data-act="${act}"]`)?.remove();
  sender.add({ undo: act, ...(items.length ? {} : { shown: "" }) }, []);
  if (items.length) {
    say(told.words.undone, { name: items[0].dataset.name });
    take(items[0]);
  }
}

/* --- What the server says to it ---------------------------------------------------------------- */

/* `said` is its answer to `sent`; where it refused the whole, a sentence alone. */
function settle(sent, keys, said) {
  for (const key of said.sentence ? keys : []) refuse(found(key), said.sentence);
  for (const [key, { number, state, refused }] of Object.entries(said.items ?? {})) {
    const item = found(key);
    if (!item) {
      if (refused) say(refused);
      continue;
    }
    item.dataset.number = number;
    for (const field of item.querySelectorAll(`[name=${told.kind}]`)) field.value = `${key}:${number}`;
    if (refused) refuse(item, refused, state);
  }
  for (const [name, count] of Object.entries(said.counts ?? {})) {
    queue.querySelector(`[data-count="${name}"]`).textContent = count;
  }
  if (said.html) putBack(said.html);
  const isNothing = said.sentence || Object.values(said.items ?? {}).every(({ refused }) => refused);
  if (isNothing) acts.splice(acts.lastIndexOf(sent.act), acts.includes(sent.act) ? 1 : 0);
}

function refuse(item, sentence, state = item?.dataset.state) {
  if (!item) return say(sentence);
  showAgain(item);
  delete item.dataset.act;
  item.dataset.state = state;
  const place = item.querySelector(".queue-refused");
  place.textContent = sentence;
  place.hidden = false;
}

/* What was taken back after a reload is not on the page: it comes to the top, to be decided anew. */
function putBack(html) {
  const rows = new DOMParser().parseFromString(html, "text/html").querySelectorAll("li:has(> .queue-item)");
  const fresh = [...rows].filter((row) => !found(row.querySelector(".queue-item").dataset.key));
  list.prepend(...fresh);
  if (!fresh.length) return;
  queue.querySelector(".queue-empty")?.remove();
  say(told.words.undone_away);
  take(fresh[0].querySelector(".queue-item"));
}

/* --- By mouse ---------------------------------------------------------------------------------- */

const chosen = () => open().filter((item) => item.querySelector("[form=queue-many]")?.checked);

queue.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const fields = Object.fromEntries(new FormData(form, submitter));
  if (form.matches("[data-decide]")) {
    event.preventDefault();
    decide(form.id === "queue-many" ? chosen() : [itemOf(form)], fields);
  } else if (form.matches("[data-answer]")) {
    event.preventDefault();
    decide([itemOf(form)], { to: "approved", fields: { name: fields.name, reply: fields.reply } });
  } else if (form.matches("[data-undo]")) {
    event.preventDefault();
    undo(fields.undo);
  }
});

queue.addEventListener("click", ({ target }) => {
  if (target.matches("[data-take-back]")) undo(itemOf(target).dataset.act);
  else if (target.matches(".queue-item, .queue-text, .queue-about")) take(itemOf(target));
});

list.addEventListener("focusin", ({ target }) => {
  const item = itemOf(target);
  if (item && target !== item) {
    for (const other of list.querySelectorAll(".queue-item[tabindex='0']")) other.tabIndex = -1;
    item.tabIndex = 0;
  }
});

/* --- By keyboard ------------------------------------------------------------------------------- */

/* What a key does, a button of the comment does too: what stands rejected is not rejected again. */
const can = (item, state) => item.querySelector(`[data-decide] button[name=to][value="${state}"]`);
const why = (item) => [...(item.querySelector("select[name=reason]")?.options ?? [])].map(({ value }) => value);

function press(code, item) {
  const digit = code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
  const isDecided = item.dataset.became;
  if (code === "KeyJ") step(1);
  else if (code === "KeyK") step(-1);
  else if (code === "KeyU") undo();
  else if (isDecided) return false;
  else if (code === "KeyX") item.querySelector("[form=queue-many]")?.click();
  else if (code === "KeyT") answer(item);
  else if (digit && why(item)[digit]) decide([item], { to: "rejected", reason: why(item)[digit] });
  else if (can(item, told.keys[code])) decide([item], { to: told.keys[code] });
  else return false;
  return true;
}

function answer(item) {
  const details = item.querySelector(".queue-answer");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

/* Keys are told by their place on the keyboard: whatever an input method makes of a letter, they mean the same. What
   is being composed is text and no command, and so is whatever is typed into a field. */
queue.addEventListener("keydown", (event) => {
  const { target, code } = event;
  if (!choice.checked || event.isComposing || event.keyCode === 229 || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const item = itemOf(target) ?? (target.closest(".queue-done") && code === "KeyU" ? list : null);
  if (item && press(code, item)) event.preventDefault();
});

choice.checked = !document.cookie.split("; ").includes(`${cookie}=off`);
choice.addEventListener("change", () => {
  const age = choice.checked ? 0 : 31536000;
  document.cookie = `${cookie}=off; path=${location.pathname}; max-age=${age}; samesite=lax`;
  say(choice.checked ? told.words.keys_on : told.words.keys_off);
});

/* --- As the page opens ------------------------------------------------------------------------- */

for (const item of list.querySelectorAll(".queue-item")) item.tabIndex = -1;
queue.querySelector(".queue-keys").hidden = false;
const all = document.getElementById("queue-all");
if (all) {
  queue.querySelector("a.queue-all")?.setAttribute("hidden", "");
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const item of open()) item.querySelector("[form=queue-many]").checked = all.checked;
  });
}
const first = found(location.hash.match(/^#[a-z]+-(\d+)$/)?.[1]) ?? list.querySelector(".queue-item");
if (choice.checked && document.activeElement === document.body) take(first);
else if (first) first.tabIndex = 0;
queue.dataset.ready = "";
