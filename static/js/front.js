/* Ordering the front page without a way to the server for each step: by buttons, arrow keys or dragging.
   The list is saved by its form, as without this script. */

const form = document.getElementById("front_form");
const list = form.querySelector(".front-order");
const status = form.querySelector("[role=status]");
let isLeaving = false;

function say(words, item) {
  form.toggleAttribute("data-unsaved", true);
  status.textContent = words
    .replace("%title%", item.dataset.title)
    .replace("%place%", [...list.children].indexOf(item) + 1);
}

/* Put `item` before `before` (null: at the end), and leave the keyboard where it was. */
function move(item, before) {
  const focused = document.activeElement;
  list.insertBefore(item, before);
  if (item.contains(focused)) focused.focus();
  say(form.dataset.moved, item);
}

function step(item, name) {
  if (name === "up" && item.previousElementSibling) move(item, item.previousElementSibling);
  if (name === "down" && item.nextElementSibling) move(item, item.nextElementSibling.nextElementSibling);
}

function takeOff(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  (next?.querySelector("[name=off]") ?? form.querySelector("#words")).focus();
  say(form.dataset.takenOff, item);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("li");
  if (button.name === "off") takeOff(item);
  else step(item, button.name);
});

list.addEventListener("keydown", (event) => {
  if (!event.target.closest(".front-handle") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  step(event.target.closest("li"), event.key === "ArrowUp" ? "up" : "down");
});

list.addEventListener("input", () => form.toggleAttribute("data-unsaved", true));

/* Dragging takes hold of the handle alone: elsewhere in a row one selects text. */
for (const handle of list.querySelectorAll(".front-handle")) {
  handle.hidden = false;
  const item = handle.closest("li");
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.title);
    event.dataTransfer.setDragImage(item, 12, 12);
    item.classList.add("front-dragged");
  });
  handle.addEventListener("dragend", () => {
    item.classList.remove("front-dragged");
    say(form.dataset.moved, item);
  });
}

list.addEventListener("dragover", (event) => {
  const dragged = list.querySelector(".front-dragged");
  if (!dragged) return;
  event.preventDefault();
  const over = event.target.closest(".front-order > li");
  if (!over || over === dragged) return;
  const { top, height } = over.getBoundingClientRect();
  list.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextElementSibling);
});

list.addEventListener("drop", (event) => event.preventDefault());

form.addEventListener("submit", () => {
  isLeaving = true;
});

window.addEventListener("beforeunload", (event) => {
  if (form.hasAttribute("data-unsaved") && !isLeaving) event.preventDefault();
});
