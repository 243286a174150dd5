/* Goes to words of the form, wherever they stand: in a line, in a plain text, in the editor of rich text. */

/* Enter a field: open what it is folded away in, and go into the editor that it stands behind. */
export function enter(field) {
  field.closest("details")?.setAttribute("open", "");
  const editor = window.CKEDITOR?.instances[field.id];
  if (editor) {
    editor.container.$.scrollIntoView({ block: "center" });
    editor.focus();
    return;
  }
  const shown = field.classList.contains("select2-hidden-accessible") ? field.parentElement : field;
  shown.scrollIntoView({ block: "center" });
  const place = shown.querySelector(".select2-selection") ?? shown;
  place.focus({ preventScroll: true });
}

/* Enter a field and select those of its equal `words` before which `nth` others stand; the last, if there are fewer. */
export function select(field, words, nth) {
  enter(field);
  const editor = window.CKEDITOR?.instances[field.id];
  if (editor) selectInEditor(editor, words, nth);
  else if (field.setSelectionRange) {
    const start = find(field.value, words, nth);
    if (start >= 0) field.setSelectionRange(start, start + words.length);
  }
}

function find(text, words, nth) {
  let start = text.indexOf(words);
  for (let turn = 0; turn < nth; turn += 1) {
    const next = text.indexOf(words, start + words.length);
    if (start < 0 || next < 0) break;
    start = next;
  }
  return start;
}

/* The server reads a text with its blocks apart and its spaces plain: so is it searched here. */
function selectInEditor(editor, words, nth) {
  const pieces = [];
  let text = "";
  let block = null;
  const walker = document.createTreeWalker(editor.editable().$, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const own = node.parentElement.closest("p, h2, h3, li, blockquote, figcaption, caption, th, td, div");
    if (own !== block) text += "\n";
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data.replaceAll("\u00a0", " ");
  }
  const start = find(text, words, nth);
  if (start < 0) return;
  const range = document.createRange();
  const place = (at) => pieces.findLast((piece) => piece.start <= at);
  const [first, last] = [place(start), place(start + words.length - 1)];
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, start + words.length - last.start);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  first.node.parentElement.scrollIntoView({ block: "center" });
}

/* Follow a link into the form: to its words, where it names some. Says whether there was anything to follow it to. */
export function follow(link) {
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return false;
  const { words, nth } = link.dataset;
  if (words) select(field, words, Number(nth));
  else enter(field);
  return true;
}
