/* The copies of unsaved forms that a browser keeps, one for each page: {token, at, version, page, held}.
   A copy is erased when the server says that it has saved that very one, at sign-out, and after a week. */

const START = "newsroom-copy:";
const WEEK = 7 * 24 * 60 * 60 * 1000;

function every() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(START))) {
      try {
        found.push([key, JSON.parse(localStorage.getItem(key))]);
      } catch {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // The browser keeps nothing: then there is nothing.
  }
  return found;
}

function start(account, article) {
  return `${START}${account}:${article ?? "new"}:`;
}

/* Keep `copy` in the place of the page's copy before it; false where the browser does not. */
export function keep(account, article, copy) {
  try {
    localStorage.setItem(start(account, article) + copy.page, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

/* The copies that `account` has of `article` (null: of new ones), the newest first. */
export function kept(account, article) {
  return every()
    .filter(([key]) => key.startsWith(start(account, article)))
    .map(([, copy]) => copy)
    .sort((one, other) => other.at - one.at);
}

/* Erase the copy that bears `token`: no newer one of the same page does. */
export function erase(token) {
  every()
    .filter(([, copy]) => copy?.token === token)
    .forEach(([key]) => localStorage.removeItem(key));
}

export function eraseAll() {
  every().forEach(([key]) => localStorage.removeItem(key));
}

export function eraseOld() {
  every()
    .filter(([, copy]) => !(copy?.at > Date.now() - WEEK))
    .forEach(([key]) => localStorage.removeItem(key));
}
