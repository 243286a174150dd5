/* The links of the panel before publishing lead into the form: to a field that is folded away or stands behind an
   editor, to a number in a text. Without this module they are plain links. */

import { follow } from "./desk/places.js";

document.querySelector(".checks")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && follow(link)) event.preventDefault();
});
