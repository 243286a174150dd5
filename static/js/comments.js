// Sends a comment in place: the form, or what is said of it, comes back as the page would show it. Without this module
// the browser sends the form and shows that page.

const LIVE = "comments-live";

function live() {
  let place = document.getElementById(LIVE);
  if (!place) {
    place = Object.assign(document.createElement("p"), { id: LIVE, className: "comments-live" });
    place.setAttribute("role", "status");
    document.getElementById("comments").append(place);
  }
  return place;
}

function show(page) {
  const form = document.getElementById("comment-form");
  const fresh = page.getElementById("comment-form");
  const sent = page.getElementById("comment-sent");
  if (sent) {
    document.getElementById("comment-sent")?.remove();
    form.before(sent);
  }
  if (fresh) form.replaceWith(fresh);
  else form.replaceWith(page.querySelector(".closed") ?? "");
  // What is said is at hand for everybody: a screen reader reads where the focus is.
  const place = sent ?? fresh?.querySelector(".refused");
  place?.setAttribute("tabindex", "-1");
  place?.focus();
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  const words = button.textContent;
  button.disabled = true;
  button.textContent = form.dataset.sending;
  live().textContent = form.dataset.sending;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("comment-form") && !page.getElementById("comment-sent")) throw new Error(answer.status);
    live().textContent = "";
    show(page);
  } catch {
    live().textContent = form.dataset.failed;
    button.disabled = false;
    button.textContent = words;
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "comment-form") return;
  event.preventDefault();
  send(event.target);
});
