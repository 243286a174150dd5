// Buttons that copy: `data-copy` is what, `data-copied` what the button says when it is done. Without this module
// they stay hidden, and what they would copy stands beside them to be copied by hand.

const SAYS_SO_FOR = 2000; // milliseconds

async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // An office reaches its desk over plain HTTP too, where a browser has no clipboard to offer.
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, SAYS_SO_FOR);
  });
}
