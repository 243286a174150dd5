/* A button that prints the page, where there is a script to do it. The browser's own menu does it always. */

const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
