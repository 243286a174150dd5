/* How an article's form speaks of its saving: the line beside the buttons, and the notices above the form. */

const language = document.documentElement.lang;

function clock(at) {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? time : `${time} ${moment.toLocaleDateString(language)}`;
}

export class Line {
  constructor(form, { words, sign_in: signIn }) {
    Object.assign(this, { form, words, signIn, isKept: true });
    this.element = document.getElementById("draft-state");
    form.querySelector(".submit-row")?.append(this.element); // it stays in reach there
  }

  /* `kind` is a word of the server's, or the kind of a sentence that it has said. */
  say(kind, sentence = this.words[kind]) {
    const { element } = this;
    const isTrouble = !["saved", "saving", "unsaved"].includes(kind);
    element.ariaLive = kind === "saving" || kind === "unsaved" ? "off" : "polite";
    element.dataset.kind = isTrouble ? "trouble" : kind;
    const said = [sentence];
    if (isTrouble && !this.isKept) said[0] = this.words.unkept;
    else if (["signed-out", "refused", "stale"].includes(kind)) said.push(this.words.kept);
    if (kind === "saved" && this.hasFiles()) said.push(this.words.files);
    const text = said.join(" ");
    if (element.textContent !== text) element.textContent = text;
    if (kind === "signed-out") {
      const link = Object.assign(document.createElement("a"), {
        href: this.signIn, target: "_blank", rel: "noopener", textContent: this.words.sign_in,
      });
      element.append(" ", link);
    }
    element.hidden = !text;
  }

  hasFiles() {
    return [...this.form.querySelectorAll("input[type=file]")].some(({ files }) => files.length);
  }

  unsaved() {
    if (this.element.dataset.kind !== "trouble") this.say("unsaved");
  }

  saved(sentence) {
    this.last = sentence;
    this.say("saved", sentence);
  }

  /* Nothing differs from what is saved any more. */
  settle() {
    this.say("saved", this.last ?? "");
  }

  colleagues(sentence) {
    const notice = document.getElementById("colleagues");
    if (notice.textContent !== sentence) notice.textContent = sentence;
    notice.hidden = !sentence;
  }

  /* Somebody has saved a newer version: who has nothing unsaved here opens it, who has will see both. */
  newer(sentence, isUnsaved) {
    const notice = document.getElementById("newer-save");
    const text = isUnsaved ? `${sentence} ${this.words.compare}` : sentence;
    if (notice.dataset.said === text) return;
    notice.dataset.said = notice.textContent = text;
    notice.hidden = false;
    if (isUnsaved) {
      this.say("stale");
    } else {
      const link = Object.assign(document.createElement("a"), { href: "", textContent: this.words.reload });
      notice.append(" ", link);
    }
  }

  offer(at, take, put) {
    const notice = document.getElementById("draft-offer");
    const words = notice.querySelector("p");
    words.textContent = this.words.offer.replace("{at}", clock(at));
    notice.hidden = false;
    notice.addEventListener("click", ({ target }) => {
      const { answer } = target.dataset;
      if (!answer) return;
      notice.querySelectorAll("button").forEach((button) => button.remove());
      if (answer === "take") {
        take();
        words.textContent = this.words.taken.replace("{at}", clock(at));
      } else {
        put();
        notice.hidden = true;
      }
    });
  }

  /* A row that was new is stored: taking it away is now a mark, and waits for saving by hand. */
  rowIsStored(name) {
    const link = document.querySelector(`#${name} a.inline-deletelink`);
    if (!link) return;
    const box = Object.assign(document.createElement("input"), {
      type: "checkbox", name: `${name}-DELETE`, id: `id_${name}-DELETE`,
    });
    const label = Object.assign(document.createElement("label"), {
      htmlFor: box.id, textContent: this.words.remove, className: "inline",
    });
    link.replaceWith(box, " ", label);
  }
}
