/* On every page of the desk: the copy that the server has just saved is erased, and at sign-out all are, because
   machines of an office are shared. */

import { erase, eraseAll, eraseOld } from "./copies.js";

const SAVED = "saved_copy";
const { index } = document.getElementById("everywhere").dataset;

const saved = document.cookie.match(`(?:^|; )${SAVED}=([0-9A-Za-z-]+)`);
if (saved) {
  erase(saved[1]);
  document.cookie = `${SAVED}=; path=${index}; max-age=0; samesite=lax`;
}
eraseOld();

function signOut() {
  eraseAll();
  new BroadcastChannel("signed-out").postMessage(true); // open forms stop keeping copies
}

if (document.querySelector("[data-signed-out]")) signOut();
document.addEventListener("submit", ({ target }) => {
  if (target.id === "logout-form") signOut();
});
