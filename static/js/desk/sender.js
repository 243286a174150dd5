/* Sends what is decided to the server: one after another, in order, and until it has arrived. What was sent twice the
   server knows by its act. Whatever does not arrive is said where everybody sees it. */

const PATIENCE = 15000;
const PAUSES = [1000, 3000, 8000, 20000]; // before it is tried again, and the last one from then on

export class Sender {
  /* `told` names the address, the account and the words; `place` is where trouble is said; `settle(sent, keys, said)`
     is called with each answer. */
  constructor(told, place, settle) {
    Object.assign(this, { told, place, settle, waiting: [], failures: 0, isSending: false });
    this.button = place.querySelector("button");
    this.button.addEventListener("click", () => this.go());
    addEventListener("online", () => this.go());
    addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
  }

  add(sent, keys) {
    this.waiting.push({ sent, keys });
    if (!this.isStopped) this.go();
    else this.trouble("stopped");
  }

  async go() {
    if (this.isSending) return;
    clearTimeout(this.timer);
    this.isSending = true;
    this.isStopped = false;
    try {
      while (this.waiting.length && await this.send(this.waiting[0]));
    } finally {
      this.isSending = false; // whatever goes wrong with one answer, the next decision is sent
    }
    if (!this.waiting.length) this.place.hidden = true;
  }

  /* Return whether the next one may follow. */
  async send({ sent, keys }) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...sent, ...this.told.account })) body.append(name, value);
    for (const key of keys) {
      const kind = this.told.kind;
      body.append(kind, `${key}:${document.getElementById(`${kind}-${key}`).dataset.number}`);
    }
    let answer, said;
    try {
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
      const headers = { "X-CSRFToken": token };
      answer = await fetch(this.told.address, {
        method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE),
      });
      said = await answer.json();
    } catch {
      return this.later();
    }
    if (answer.status >= 500) return this.later();
    if (answer.status === 401 || answer.status === 403) return this.stop(answer.status, said.sentence);
    this.waiting.shift();
    this.failures = 0;
    this.settle(sent, keys, said);
    return true;
  }

  later() {
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    this.trouble("failed");
    this.timer = setTimeout(() => this.go(), pause);
    return false;
  }

  /* Somebody has to do something first. */
  stop(status, sentence) {
    this.isStopped = true;
    this.trouble("stopped", sentence);
    if (status === 401) {
      const link = Object.assign(document.createElement("a"), {
        href: this.told.signIn, target: "_blank", rel: "noopener", textContent: this.told.words.sign_in,
      });
      this.place.querySelector("span").append(" ", link);
    }
    return false;
  }

  trouble(kind, sentence = "") {
    const words = this.told.words[kind].replace("{count}", this.waiting.length);
    this.place.querySelector("span").textContent = `${words} ${sentence}`.trim();
    this.place.hidden = this.button.hidden = false;
  }
}
