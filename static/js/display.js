// How a reader wants the page: text size and theme, chosen in the masthead and remembered in this browser alone.
// static/js/first.js puts it into effect, here and on every page that follows.

const root = document.documentElement;
const box = document.querySelector(".display");

function choose({ name, value }) {
  try {
    if (value) localStorage.setItem(`display.${name}`, value);
    else localStorage.removeItem(`display.${name}`);
  } catch { /* It holds for this page, then. */ }
  dispatchEvent(new CustomEvent("display", { detail: { name, chosen: value } }));
}

function show() {
  for (const input of box.querySelectorAll("input")) input.checked = input.value === (root.dataset[input.name] ?? "");
}

function close({ returning }) {
  box.open = false;
  if (returning) box.querySelector("summary").focus();
}

if (box) {
  box.addEventListener("toggle", show);
  box.addEventListener("change", (event) => choose(event.target));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.open) close({ returning: true });
  });
  document.addEventListener("pointerdown", (event) => {
    if (box.open && !box.contains(event.target)) close({ returning: false });
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close({ returning: false });
  });
}
