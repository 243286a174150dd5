/* The links of the panel before publishing lead into the form: where a field is folded away or stands behind an
   editor, the link opens the one and enters the other. Without this module they are plain links. */

function enter(field) {
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

document.querySelector(".checks")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  enter(field);
});
