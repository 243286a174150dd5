/* What comes from a clipboard - of Word, LibreOffice, Google Docs, Excel, any web page - made into the text of
   an article: headings, lists, tables, bold, italics and links stay, every dress goes. The words themselves are
   left as they are: what might be mended in them is offered (repairs.js), never done here.

   The clipboard is read in a document of its own that runs nothing and loads nothing, and what is kept is
   written anew, so that nothing comes through that is not named below. */

const HEADINGS = { H1: "h2", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3" };
const MARKS = { B: "strong", STRONG: "strong", I: "em", EM: "em", CITE: "em", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", SUB: "sub", SUP: "sup" };
const ORDER = ["strong", "em", "u", "s", "sub", "sup"]; // from the outside in
const BLOCKS = new Set(
  "P DIV SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV ADDRESS CENTER DL DT DD DETAILS SUMMARY FIELDSET LEGEND FORM PRE TBODY THEAD TFOOT TR TD TH CAPTION FIGCAPTION".split(" "),
);
const DROPPED = new Set(
  "HEAD SCRIPT STYLE TITLE META LINK TEMPLATE NOSCRIPT IFRAME OBJECT EMBED APPLET SVG MATH CANVAS AUDIO VIDEO BUTTON INPUT SELECT TEXTAREA OPTION COLGROUP COL XML".split(" "),
);
const NESTS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "TABLE", "BLOCKQUOTE", "PRE", "FIGURE"]);
const DRESS = ["font-weight", "font-style", "vertical-align", "display"]; // of what a stylesheet in the clipboard says

/* Return what is kept of the clipboard's HTML, and how many pictures are not. */
export function cleanPasted(html) {
  const source = new DOMParser().parseFromString(fragment(html), "text/html");
  forgetNames(source);
  applyStylesheets(source);
  const out = document.implementation.createHTMLDocument("").body;
  const writer = new Writer(out);
  writer.read(source.body, { marks: new Set(), href: "" });
  writer.end();
  // A few words of a line are set into the line; they are no paragraph of their own.
  const isLine = !source.body.querySelector([...NESTS].join()) && out.children.length === 1 && out.firstChild.matches("p");
  return { html: (isLine ? out.firstChild : out).innerHTML, picturesLeft: countLeft(source) - countLeft(out) };
}

const countLeft = (part) => [...part.querySelectorAll("img")].filter((image) => !isPixel(image)).length;

/* A piece of one line is put on the clipboard inside of the paragraph it was taken from. */
function fragment(html) {
  const marked = /<!--\s*StartFragment\s*-->([^]*)<!--\s*EndFragment\s*-->/i.exec(html);
  return marked && !/<(p|div|h\d|li|t[rdh]|table|[uo]l|br|blockquote|style)\b/i.test(marked[1]) ? marked[1] : html;
}

/* A form with a field named "style" or "body" hides what it, or its document, is asked for by that name. */
function forgetNames(source) {
  for (const element of Document.prototype.querySelectorAll.call(source, "[name], [id]")) {
    Element.prototype.removeAttribute.call(element, "name");
    Element.prototype.removeAttribute.call(element, "id");
  }
}

/* Excel and LibreOffice say in a stylesheet what is bold. It goes before an element's own style, which is left
   as it was written: Word says there, in words of its own, what is a list. */
function applyStylesheets(source) {
  for (const { textContent } of source.querySelectorAll("style")) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(textContent.replace(/<!--|-->/g, ""));
    const rules = [...sheet.cssRules].filter(({ selectorText }) => selectorText && !/[:|]|\ba\b/.test(selectorText));
    for (const { selectorText, style } of rules.slice(0, 500).reverse()) {
      const said = DRESS.filter((name) => style.getPropertyValue(name)).map((name) => `${name}:${style.getPropertyValue(name)};`);
      if (!said.length) continue;
      for (const element of source.querySelectorAll(selectorText)) {
        element.setAttribute("style", `${said.join("")}${element.getAttribute("style") ?? ""}`);
      }
    }
  }
}

class Writer {
  constructor(out, { isHeading = false, isItem = false } = {}) {
    this.out = out; // where finished blocks go
    this.isHeading = isHeading; // whose bold says nothing
    this.isItem = isItem; // whose number the list will write
    this.runs = []; // of the line that is being read
    this.lists = []; // of Word: those that are open, the innermost last
  }

  read(parent, dress) {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.text(node.data, dress);
      else if (node.nodeType === Node.ELEMENT_NODE) this.element(node, dress);
    }
  }

  text(data, { marks, href, isPre }) {
    if (isPre) {
      data.split("\n").forEach((line, i) => {
        if (i) this.runs.push({ br: true });
        this.runs.push({ text: oneSpace(line), marks, href });
      });
    } else {
      this.runs.push({ text: oneSpace(data), marks, href });
    }
  }

  element(element, dress) {
    const name = element.tagName.toUpperCase();
    const style = element.getAttribute("style") ?? "";
    if (DROPPED.has(name) || element.hidden || element.style.display === "none") return;
    if (/mso-hide:\s*all|mso-element:\s*comment|mso-special-character:\s*comment/i.test(style)) return;
    if (element.matches(".msocomanchor, .msocomtxt")) return;
    if (/mso-tab-count/i.test(style) || element.matches(".Apple-converted-space, .Apple-tab-span")) {
      this.text(" ", dress);
      return;
    }
    if (/mso-list:\s*Ignore/i.test(style)) {
      // What Word writes before an item. Before a heading, or where it is words ("Điều 1."), it is text.
      if (!this.isItem) this.text(`${element.textContent.replace(/\s+/g, " ").trim()} `, dress);
      return;
    }
    const inside = dressed(element, name, dress);
    const heading = headingOf(element, name);
    const item = wordItem(element, style);
    if (name === "BR") this.runs.push({ br: true });
    else if (name === "IMG") this.picture(element);
    else if (name === "HR") this.rule(element);
    else if (heading) this.block(this.make(heading), element, inside, { isHeading: true });
    else if (item) this.wordItem(item, element, inside);
    else if (name === "UL" || name === "OL") this.list(element, name, inside);
    else if (name === "TABLE") this.table(element, inside);
    else if (name === "BLOCKQUOTE") this.block(this.make("blockquote"), element, inside);
    else if (name === "FIGURE") this.figure(element, inside);
    else if (BLOCKS.has(name) || name === "LI" || element.style.display === "block") this.passage(element, inside);
    else this.read(element, inside);
  }

  /* A paragraph, whatever its tag is; what holds others only parts them. */
  passage(element, dress) {
    this.flush();
    this.read(element, dress);
    this.flush();
  }

  /* A block that stays one, with its own text inside. */
  block(made, element, dress, options = {}) {
    this.end();
    const writer = new Writer(made, options);
    writer.read(element, dress);
    writer.end();
    if (options.isHeading) inOneLine(made);
    if (hasContent(made)) this.out.append(made);
  }

  list(element, name, dress) {
    this.flush();
    const items = [...element.children];
    if (items.some((item) => item.dataset.ariaLevel)) {
      // Word on the web makes a list of each item.
      for (const item of items) {
        const level = Number(item.dataset.ariaLevel) || 1;
        this.wordItem({ level, id: name, kind: name.toLowerCase(), start: 0 }, item, dress);
      }
      return;
    }
    this.end();
    const made = this.make(name.toLowerCase());
    if (name === "OL" && element.start > 1) made.setAttribute("start", element.start);
    for (const item of element.childNodes) {
      if (item.nodeType === Node.TEXT_NODE && !item.data.trim()) continue;
      const isList = /^(UL|OL)$/.test(item.tagName ?? "");
      const into = isList && made.lastElementChild ? made.lastElementChild : this.make("li");
      const writer = new Writer(into);
      if (item.tagName === "LI") writer.read(item, dressed(item, "LI", dress));
      else if (item.nodeType === Node.ELEMENT_NODE) writer.element(item, dress);
      else if (item.nodeType === Node.TEXT_NODE) writer.text(item.data, dress);
      writer.end();
      unwrapLine(into);
      if (into.parentNode !== made && hasContent(into)) made.append(into);
    }
    if (made.children.length) this.out.append(made);
  }

  /* Word writes each item of a list as a paragraph that knows its list and its level. */
  wordItem({ level, id, kind, start }, element, dress) {
    this.flush();
    const item = this.make("li");
    const writer = new Writer(item, { isItem: true });
    writer.read(element, dress);
    writer.end();
    unwrapLine(item);
    if (!hasContent(item)) return;
    while (this.lists.length && this.lists.at(-1).level > level) this.lists.pop();
    const open = this.lists.at(-1);
    if (open?.level === level && (open.id !== id || open.list.localName !== kind)) this.lists.pop();
    if (this.lists.at(-1)?.level !== level) {
      const list = this.make(kind);
      if (start > 1) list.setAttribute("start", start);
      (this.lists.at(-1)?.list.lastElementChild ?? this.out).append(list);
      this.lists.push({ level, id, list });
    }
    this.lists.at(-1).list.append(item);
  }

  table(element, dress) {
    const rows = [...element.rows].filter((row) => row.closest("table") === element && row.style.display !== "none");
    if (rows.length === 1 && rows[0].cells.length === 1) {
      this.passage(rows[0].cells[0], dress); // a frame, not a table
      return;
    }
    this.end();
    const made = this.make("table");
    if (element.caption) {
      const writer = new Writer(made.appendChild(this.make("caption")), { isHeading: true });
      writer.read(element.caption, dress);
      writer.end();
      inOneLine(made.caption);
      if (!hasContent(made.caption)) made.caption.remove();
    }
    const isSpanned = rows.some((row) => [...row.cells].some((cell) => cell.rowSpan > 1));
    for (const row of rows) {
      const tr = this.make("tr");
      for (const cell of row.cells) {
        const isHead = cell.tagName === "TH";
        const td = tr.appendChild(this.make(isHead ? "th" : "td"));
        if (cell.colSpan > 1) td.setAttribute("colspan", cell.colSpan);
        if (cell.rowSpan > 1) td.setAttribute("rowspan", cell.rowSpan);
        const writer = new Writer(td, { isHeading: isHead });
        writer.read(cell, dressed(cell, cell.tagName, dressed(row, "TR", dress)));
        writer.end();
        unwrapLine(td);
      }
      if (!isSpanned && ![...tr.cells].some(hasContent)) continue;
      const part = row.parentElement.tagName === "THEAD" ? "thead" : "tbody";
      const last = made.lastElementChild;
      (last?.localName === part ? last : made.appendChild(this.make(part))).append(tr);
    }
    if (made.rows.length) this.out.append(made);
  }

  figure(element, dress) {
    const picture = element.querySelector("img");
    const caption = element.querySelector("figcaption");
    const made = this.make("figure");
    const image = picture && keptPicture(picture, this.out.ownerDocument);
    if (!image || element.textContent.trim() !== (caption?.textContent.trim() ?? "")) {
      this.passage(element, dress); // it is no picture, or more than one with its caption
      return;
    }
    this.end();
    made.append(image);
    if (caption) {
      const writer = new Writer(made.appendChild(this.make("figcaption")));
      writer.read(caption, dress);
      writer.end();
      inOneLine(made.lastChild);
      if (!hasContent(made.lastChild)) made.lastChild.remove();
    }
    this.out.append(made);
  }

  picture(element) {
    const image = keptPicture(element, this.out.ownerDocument);
    if (image) this.runs.push({ image });
  }

  rule(element) {
    if (element.closest('[style*="mso-element"]')) return; // above Word's footnotes
    this.end();
    this.out.append(this.make("hr"));
  }

  /* End the line: what has been read becomes a paragraph, or several where it was broken twice. */
  flush() {
    const runs = this.runs;
    this.runs = [];
    let line = [];
    let breaks = 0;
    for (const run of [...runs, { br: true }, { br: true }]) {
      if (run.br) {
        breaks += 1;
        if (breaks === 2) {
          this.paragraph(line);
          line = [];
        }
      } else if (run.image || hasWords(run.text) || !breaks) {
        if (breaks === 1 && line.length) line.push({ br: true });
        breaks = 0;
        line.push(run);
      }
    }
  }

  paragraph(line) {
    if (!line.some((run) => run.image || hasWords(run.text ?? ""))) return;
    this.lists = [];
    const made = this.make("p");
    trimmed(line).forEach((run) => this.write(run, made));
    this.out.append(made);
  }

  write(run, into) {
    if (run.br || run.image) {
      into.append(run.br ? this.make("br") : run.image);
      return;
    }
    const names = ORDER.filter((mark) => run.marks.has(mark) && !(this.isHeading && mark === "strong"));
    let place = into;
    for (const [name, href] of [...(run.href ? [["a", run.href]] : []), ...names.map((name) => [name, ""])]) {
      // What follows with the same mark joins what stands before it: no tag for every word.
      const last = place.lastChild;
      if (last?.localName === name && (last.getAttribute("href") ?? "") === href) {
        place = last;
      } else {
        place = place.appendChild(this.make(name));
        if (href) place.setAttribute("href", href);
      }
    }
    place.append(run.text);
  }

  end() {
    this.flush();
    this.lists = [];
  }

  make(name) {
    return this.out.ownerDocument.createElement(name);
  }
}

/* What an element adds to the words inside of it. A style that says "normal" takes its tag back. */
function dressed(element, name, { marks, href, isPre }) {
  const inside = new Set(marks);
  const { fontWeight, fontStyle, verticalAlign, textDecorationLine } = element.style;
  if (MARKS[name]) inside.add(MARKS[name]);
  if (/^(bold|[6-9]00)/.test(fontWeight)) inside.add("strong");
  if (/^(normal|lighter|[1-5]00)/.test(fontWeight)) inside.delete("strong");
  if (/^(italic|oblique)/.test(fontStyle)) inside.add("em");
  if (fontStyle === "normal") inside.delete("em");
  if (verticalAlign === "super" || verticalAlign === "sub") inside.add(verticalAlign === "super" ? "sup" : "sub");
  if (textDecorationLine.includes("line-through")) inside.add("s");
  if (textDecorationLine.includes("underline") && !href && name !== "A") inside.add("u");
  if (name === "A" || href) inside.delete("u");
  return {
    marks: inside,
    href: (name === "A" && safeAddress(element.getAttribute("href"))) || href,
    isPre: isPre || name === "PRE" || (/pre/.test(element.style.whiteSpace) && element.textContent.trim().includes("\n")),
  };
}

function safeAddress(address) {
  const trimmedAddress = (address ?? "").trim();
  return /^(https?:\/\/\w|mailto:|tel:)/i.test(trimmedAddress) ? trimmedAddress : "";
}

function headingOf(element, name) {
  if (HEADINGS[name]) return HEADINGS[name];
  if (name === "P" && element.matches(".MsoTitle")) return "h2";
  const level = /\bMsoHeading(\d)/.exec(element.className)?.[1] ?? (element.getAttribute("role") === "heading" && element.getAttribute("aria-level"));
  return level ? HEADINGS[`H${Math.min(Math.max(Number(level) || 2, 1), 6)}`] : "";
}

function wordItem(element, style) {
  const found = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(style);
  if (!found) return null;
  const marker = [...element.querySelectorAll("[style]")].find((part) => /mso-list:\s*Ignore/i.test(part.getAttribute("style")));
  const sign = (marker?.textContent ?? "").replace(/\s+/g, "");
  const ordered = /^\(?(\d+|[a-zđ]{1,2}|[ivxlcdm]+)(\.\d+)*[.)/:]?$/i.exec(sign);
  if (!ordered && sign.length > 2) return null; // words of its own
  const isOrdered = ordered && (/\d/.test(sign) || /[.)/:]$/.test(sign));
  return { level: Number(found[2]), id: found[1], kind: isOrdered ? "ol" : "ul", start: isOrdered ? Number(/(\d+)\D*$/.exec(sign)?.[1]) || 0 : 0 };
}

/* Our own pictures, and those that the clipboard itself holds, which the editor sends up. Never another host's. */
function keptPicture(element, owner) {
  const src = element.getAttribute("src") ?? "";
  const path = src.startsWith(`${location.origin}/`) ? src.slice(location.origin.length) : src;
  const isOurs = /^\/media\/[\w./-]+$/.test(path) && !path.includes("..");
  if (!isOurs && !/^data:image\/(png|jpe?g|webp);/i.test(src)) return null;
  if (isPixel(element)) return null;
  const image = owner.createElement("img");
  image.setAttribute("src", path);
  image.setAttribute("alt", element.getAttribute("alt") ?? "");
  return image;
}

/* What counts readers, and shows nothing. */
const isPixel = (image) => [image.getAttribute("width"), image.getAttribute("height")].some((size) => /^[012](px)?$/.test(size ?? ""));

/* Without the spaces at the edges of a line, and one where two met at a tag. */
function trimmed(line) {
  const runs = line.map((run) => ({ ...run }));
  let before = "\n";
  for (const run of runs) {
    if (run.text === undefined) {
      before = run.br ? "\n" : "";
    } else {
      run.text = run.text.replace(before === "\n" ? /^\s+/ : before === " " ? /^ / : /^$/, "");
      before = run.text.at(-1) ?? before;
    }
  }
  let isEnd = true;
  for (const run of [...runs].reverse()) {
    if (run.text === undefined) isEnd = run.br;
    else if (isEnd) run.text = run.text.trimEnd();
    isEnd &&= run.br || run.text === "";
  }
  return runs.filter((run) => run.text !== "");
}

function unwrapLine(element) {
  const first = element.firstElementChild;
  const isAlone = first?.localName === "p" && [...element.children].slice(1).every((child) => /^[uo]l$/.test(child.localName));
  if (isAlone) first.replaceWith(...first.childNodes);
}

function inOneLine(element) {
  const lines = [...element.children];
  lines.forEach((line, i) => line.replaceWith(...(i ? [" "] : []), ...line.childNodes));
}

const oneSpace = (text) => text.replace(/[ \t\r\n\f]+/g, " "); // no-break spaces are left to be offered

const hasWords = (text) => /[^\s\u200b-\u200d\u2060\u00ad]/.test(text);

function hasContent(element) {
  return hasWords(element.textContent) || element.querySelector("img, hr") !== null;
}

/* ---- In the editor ---------------------------------------------------------------------------------------- */

function onPaste({ editor, data }) {
  const { CKEDITOR } = window;
  if (data.dataTransfer.getTransferType(editor) !== CKEDITOR.DATA_TRANSFER_EXTERNAL) return; // our own text, moved
  const html = data.dataTransfer.getData("text/html", true) || (data.type === "text" ? "" : data.dataValue);
  if (!html) return;
  const { html: kept, picturesLeft } = cleanPasted(html);
  data.dataValue = kept;
  data.type = "html";
  // A picture alone comes as a file as well, which the editor takes.
  if (picturesLeft && kept) editor.showNotification(editor.lang.clipboard.picturesLeft.replace("%1", picturesLeft), "info", 8000);
}

// Behind the editor's reading of the clipboard (1), before its own filters (3 and later).
window.CKEDITOR?.on("instanceCreated", ({ editor }) => editor.on("paste", onPaste, null, null, 2));
