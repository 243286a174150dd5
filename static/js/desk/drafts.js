/* An article's form saves itself a few seconds after a change and on leaving, and keeps a copy in the browser until
   the server has said that it has it. What it is told stands in articles/desk/drafts.py. */

import { erase, keep, kept } from "./copies.js";
import { editorsOf, editorsReady, fill, read, same } from "./fields.js";
import { Line } from "./line.js";

const AFTER = 3000; // the last change
const AT_LATEST = 8000; // after the first
const COPY_AFTER = 700;
const PATIENCE = 20000; // with an answer
const PRESENCE = 20000;
const KEEPALIVE = 60000; // bytes: a browser carries no more past the end of a page

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function ask(address, body, options = {}) {
  body.delete("csrfmiddlewaretoken"); // of the session that began the page; the cookie has that of today
  const headers = { "X-CSRFToken": cookie("csrftoken") };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { method: "POST", body, headers, signal, ...options });
  return { status: answer.status, said: await answer.json().catch(() => ({})) };
}

class Draft {
  constructor(form, told) {
    Object.assign(this, told, { form, fields: form.elements, line: new Line(form, told) });
    this.account = this.fields._account.value;
    this.opened = this.fields._version.value;
    this.saved = told.is_sent_back ? [] : read(form);
    this.keepsCopies = true;
  }

  async start() {
    this.listen();
    await editorsReady(this.form);
    for (const editor of editorsOf(this.form)) {
      // What the editor makes of a text that nobody has touched is no change.
      const stored = this.saved.find(([name]) => name === editor.element.getAttribute("name"));
      if (stored && !editor.checkDirty()) stored[1] = editor.getData();
      editor.on("change", () => this.mark());
    }
    this.isReady = true;
    this.check();
    this.offer();
    setInterval(() => this.present(), PRESENCE);
  }

  listen() {
    const mark = () => this.mark();
    this.form.addEventListener("input", mark);
    window.django.jQuery(this.form).on("change", () => (this.since ? this.mark() : this.check()));
    ["formset:added", "formset:removed"].forEach((name) => document.addEventListener(name, mark));
    // A calendar writes into its field without a word.
    document.addEventListener("click", () => setTimeout(() => this.check(), 300));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.comeBack()));
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => { this.isGoing = false; });
    ["online", "focus"].forEach((name) => window.addEventListener(name, () => this.comeBack()));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("click", (event) => this.removeRow(event), true);
    document.addEventListener("submit", (event) => this.signOut(event), true);
    new BroadcastChannel("signed-out").onmessage = () => {
      Object.assign(this, { keepsCopies: false, hasCopy: false });
      this.line.isKept = false;
    };
  }

  /* Something has changed, or may have. */
  mark() {
    if (this.isFilling) return;
    const now = Date.now();
    this.since ??= now;
    this.copyTimer ??= setTimeout(() => this.copyNow(), COPY_AFTER);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(AFTER, this.since + AT_LATEST - now)));
    this.line.unsaved();
  }

  check() {
    if (this.isReady && !this.since && !same(read(this.form), this.saved)) this.mark();
  }

  /* Keep a copy of what the form holds now, and return its token. */
  copyNow(held = read(this.form)) {
    clearTimeout(this.copyTimer);
    this.copyTimer = null;
    if (!this.keepsCopies || (same(held, this.saved) && !this.hasCopy)) return "";
    const token = crypto.getRandomValues(new Uint32Array(4)).join("-").slice(0, 36);
    const copy = { token, at: Date.now(), version: this.fields._version.value, page: this.fields._page.value, held };
    this.hasCopy = true;
    this.line.isKept = keep(this.account, this.article, copy);
    return token;
  }

  async save({ isLeaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.underWay || this.isStale || this.isGoing || !this.addresses.autosave) return;
    const held = read(this.form);
    if (same(held, this.saved)) {
      this.since = null;
      this.line.settle();
      return;
    }
    const token = this.copyNow(held);
    const body = this.body(token);
    const rows = new Map([...this.fields].filter(({ name }) => name).map((field) => [field.name, field]));
    const keepalive = isLeaving && size(body) < KEEPALIVE;
    if (!isLeaving) this.line.say("saving");
    const began = Date.now();
    this.underWay = ask(this.addresses.autosave, body, { keepalive })
      .then(({ status, said }) => this.hear(status, said, { held, rows, began }))
      .catch(() => this.fail("offline"))
      .finally(() => { this.underWay = null; });
    await this.underWay;
  }

  body(token) {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) {
      if (value instanceof File || name.includes("__prefix__")) body.delete(name);
    }
    body.set("_copy", token);
    return body;
  }

  hear(status, said, { held, rows, began }) {
    if (status === 200 && said.fields) this.accept(said, held, rows, began);
    else if (status === 409) {
      this.isStale = true;
      this.line.newer(said.sentence, true);
    } else if (said.sentence) this.line.say(status === 401 ? "signed-out" : "refused", said.sentence);
    else this.fail("trouble");
  }

  accept(said, held, rows, began) {
    Object.entries(said.fields).forEach(([name, value]) => {
      const field = rows.get(name);
      if (!field) return;
      const isNew = name.endsWith("-id") && !field.value && value;
      field.value = value;
      if (isNew) this.line.rowIsStored(field.name.replace(/-id$/, ""));
    });
    if (!said.left_out) {
      erase(said.copy);
      this.hasCopy = false;
    }
    if (this.article !== said.article) {
      this.article = said.article;
      window.history.replaceState(null, "", said.addresses.change);
    }
    Object.assign(this, { addresses: said.addresses, saved: held, since: null, pause: 0, keepsCopies: true });
    this.line.saved(said.sentence);
    if (same(read(this.form), held)) return;
    this.since = began;
    this.mark();
  }

  /* Try again, after an ever longer pause. */
  fail(word) {
    if (this.isGoing) return;
    this.line.say(word);
    this.pause = Math.min((this.pause || 2500) * 2, 60000);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.pause);
  }

  leave() {
    if (this.isGoing || !this.since) return;
    this.copyNow();
    this.save({ isLeaving: true });
  }

  comeBack() {
    if (document.hidden) return;
    if (this.since) this.save();
    this.present();
  }

  /* Say that the form is open, and hear who else has it open and has saved it. */
  async present() {
    const address = this.addresses.presence;
    if (!address || document.hidden || this.isGoing || this.underWay || Date.now() - this.presentAt < 5000) return;
    this.presentAt = Date.now();
    const body = new FormData();
    ["_version", "_page", "_account"].forEach((name) => body.set(name, this.fields[name].value));
    const { status, said } = await ask(address, body).catch(() => ({}));
    if (status === 200) {
      this.line.colleagues(said.colleagues);
      if (said.newer && !this.underWay) this.line.newer(said.newer, Boolean(this.since));
    } else if (said?.sentence) this.line.say(status === 401 ? "signed-out" : "refused", said.sentence);
  }

  /* A save by hand: no autosave runs across it, and a second click is none. */
  submit(event) {
    if (this.isGoing || this.isWaiting) {
      event.preventDefault();
      return;
    }
    if (this.underWay) {
      event.preventDefault();
      this.isWaiting = true;
      Promise.race([this.underWay, wait(4000)]).then(() => {
        this.isWaiting = false;
        this.underWay = null;
        this.form.requestSubmit(event.submitter);
      });
      return;
    }
    const token = this.copyNow();
    let field = this.fields._copy;
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "_copy" });
      this.form.append(field);
    }
    field.value = token;
    this.fields.csrfmiddlewaretoken.value = cookie("csrftoken") || this.fields.csrfmiddlewaretoken.value;
    clearTimeout(this.timer);
    this.isGoing = true;
    setTimeout(() => { this.isGoing = false; }, 15000); // a page that is still here then was stopped by its person
  }

  /* While an autosave is under way, a row it may have stored is not yet known as such: taking it away waits. */
  removeRow(event) {
    const link = event.target.closest?.("a.inline-deletelink");
    if (!link || !this.underWay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const row = link.closest("tr, .inline-related");
    this.underWay.finally(() => (link.isConnected ? link : row.querySelector("[name$=-DELETE]"))?.click());
  }

  /* Signing out erases every copy, so what is not saved is saved first. */
  async signOut(event) {
    if (event.target.id !== "logout-form" || this.isGoing || !(this.since || this.hasCopy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await Promise.race([this.underWay ?? this.save(), wait(4000)]);
    if ((this.since || this.hasCopy) && !window.confirm(this.words.leaving)) return;
    this.keepsCopies = false;
    this.isGoing = true;
    event.target.requestSubmit();
  }

  /* Offer what another page left unsaved. It is never taken silently. */
  offer() {
    const { _page: page, _version: version } = this.fields;
    const held = read(this.form);
    const copy = kept(this.account, this.article).find((one) => one.page !== page.value && !same(one.held, held));
    if (!copy) return;
    this.line.offer(copy.at, () => {
      this.isFilling = true;
      fill(this.form, copy.held);
      this.isFilling = false;
      // Where the article has been saved in between, what was begun before is held against it.
      if (!this.article || copy.version !== this.opened) [page.value, version.value] = [copy.page, copy.version];
      this.hasCopy = true;
      this.copyNow();
      if (page.value !== copy.page) erase(copy.token);
      this.mark();
    }, () => erase(copy.token));
  }
}

function size(body) {
  const encoder = new TextEncoder();
  return [...body].reduce((sum, [name, value]) => sum + encoder.encode(value).length + name.length + 120, 0);
}

const form = document.getElementById("article_form");
const told = document.getElementById("drafts");
if (form && told) new Draft(form, JSON.parse(told.textContent)).start();
