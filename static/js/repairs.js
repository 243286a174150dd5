/* Offers to mend the letters and spaces of a text: when a person asks, and after something was pasted. What may
   be mended is found by the server (newsroom/repairs.py), piece by piece, so that no repair crosses a tag; here
   it is shown beside the field, and done when, and only when, a button is pressed. */

const template = document.getElementById("repairs");

/* A line or a plain text: one piece. */
class PlainField {
  constructor(input) {
    this.input = input;
    this.row = input.closest(".form-row");
  }

  pieces() {
    return [this.input.value];
  }

  write(texts) {
    this.input.focus();
    this.input.select();
    // As typed, so that Ctrl+Z takes it back; an editor of another kind gets the value alone.
    if (!document.execCommand("insertText", false, texts.get(0))) {
      this.input.value = texts.get(0);
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  undo() {
    this.input.focus();
    document.execCommand("undo");
  }

  onPaste(tell) {
    this.input.addEventListener("paste", () => setTimeout(tell));
  }
}

/* Rich text in the editor: each text between two tags is a piece. */
class RichField {
  constructor(textarea, editor) {
    this.editor = editor;
    this.row = textarea.closest(".form-row");
  }

  nodes() {
    const root = this.editor.editable().$;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      // Not what the editor itself writes: handles, place holders, and the sign with which it holds a caret.
      const isText = node.parentElement.isContentEditable && !node.parentElement.closest("[data-cke-temp], [data-cke-hidden-sel]");
      if (isText && !node.data.includes("\u200b".repeat(7)) && node.parentElement.textContent.trim()) nodes.push(node);
    }
    return nodes;
  }

  pieces() {
    return this.nodes().map((node) => node.data);
  }

  write(texts) {
    const nodes = this.nodes();
    this.editor.fire("saveSnapshot");
    for (const [piece, text] of texts) nodes[piece].data = text;
    this.editor.fire("saveSnapshot");
  }

  undo() {
    this.editor.execCommand("undo");
  }

  onPaste(tell) {
    this.editor.on("afterPaste", () => setTimeout(tell));
  }
}

class Offer {
  constructor(name, field) {
    this.name = name;
    this.field = field;
    const part = template.content.cloneNode(true).firstElementChild;
    this.said = part.querySelector(".repairs-said");
    this.panel = part.querySelector(".repairs-panel");
    this.button = part.querySelector(".repairs-ask");
    this.button.addEventListener("click", () => this.ask());
    this.panel.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
    part.addEventListener("keydown", (event) => this.typed(event));
    field.row.append(part);
    field.onPaste(() => this.ask({ isQuiet: true }));
  }

  async ask({ isQuiet = false, said = "", isHeld = false } = {}) {
    const pieces = this.field.pieces();
    this.asking = pieces;
    const answer = await question(this.button.form, { [this.name]: pieces });
    if (this.asking !== pieces) return; // asked again since
    if (answer.error) {
      this.show("", isQuiet ? "" : answer.error);
      return;
    }
    const { repairs, panel } = answer.fields[this.name];
    this.asked = pieces;
    this.repairs = repairs;
    this.show(panel, said || (repairs.length || isQuiet ? "" : template.dataset.nothing));
    // Whoever mends from the keyboard goes on from where the pressed button was.
    if (isHeld) (this.panel.querySelector("[data-accept]") ?? this.button).focus();
  }

  show(panel, said) {
    this.panel.innerHTML = panel; // a template of the server's, which escapes
    this.said.textContent = said || (this.panel.querySelector(".repairs-head strong")?.textContent ?? "");
    this.said.classList.toggle("repairs-unseen", !said && panel !== ""); // the panel says it to the eye
  }

  pressed(button) {
    if (!button) return;
    const { accept, acceptOne } = button.dataset;
    if (accept) this.mend(this.repairs.filter(({ kind }) => kind === accept));
    else if (acceptOne) this.mend([this.repairs[Number(acceptOne)]]);
    else {
      this.show("", "");
      this.button.focus();
    }
  }

  /* Here as well as in the field: the button that was pressed has the focus, not the text. */
  typed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z") return;
    event.preventDefault();
    this.field.undo();
    this.ask({ isHeld: true });
  }

  mend(repairs) {
    const now = this.field.pieces();
    if (now.length !== this.asked.length || repairs.some(({ piece }) => now[piece] !== this.asked[piece])) {
      this.ask({ said: template.dataset.changed, isHeld: true });
      return;
    }
    const letters = new Map();
    for (const { piece, start, end, would_be } of [...repairs].reverse()) {
      if (!letters.has(piece)) letters.set(piece, [...now[piece]]); // characters, as the server counts them
      letters.get(piece).splice(start, end - start, would_be);
    }
    this.field.write(new Map([...letters].map(([piece, text]) => [piece, text.join("")])));
    this.ask({ said: template.dataset.mended, isHeld: true });
  }
}

async function question(form, fields) {
  try {
    const answer = await fetch(template.dataset.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ fields }),
    });
    return await answer.json();
  } catch {
    return { error: template.dataset.failed };
  }
}

for (const name of template.dataset.fields.split(" ")) {
  const input = document.getElementById(`id_${name}`);
  if (!input) continue; // it is only read here
  const editor = window.CKEDITOR?.instances[input.id];
  if (editor?.status === "ready") new Offer(name, new RichField(input, editor));
  else if (input.dataset.type !== "ckeditortype") new Offer(name, new PlainField(input));
}
window.CKEDITOR?.on("instanceReady", ({ editor }) => {
  const { name: id, element } = editor;
  const name = id.replace(/^id_/, "");
  if (template.dataset.fields.split(" ").includes(name)) new Offer(name, new RichField(element.$, editor));
});
