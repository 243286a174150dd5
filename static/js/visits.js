// Tells once that this page was opened (`data-beacon` is where) and which host its reader came from, and fills in the
// numbers of the block at its foot (`data-visits`). Neither is needed to read.

// A page that a browser fetches ahead, or opens behind another, has no reader yet.
function onceSeen(act) {
  if (document.prerendering) document.addEventListener("prerenderingchange", () => onceSeen(act), { once: true });
  else if (document.visibilityState === "hidden") document.addEventListener("visibilitychange", () => onceSeen(act), { once: true });
  else act();
}

function tell(address) {
  const said = new URLSearchParams();
  if (document.referrer) said.set("tu", new URL(document.referrer).host);
  if (navigator.sendBeacon?.(address, said)) return;
  fetch(address, { method: "POST", body: said, keepalive: true }).catch(() => {});
}

async function fill(block) {
  const answer = await fetch(block.dataset.visits);
  if (answer.status !== 200) return;
  const numbers = await answer.json();
  for (const place of block.querySelectorAll("[data-number]")) place.textContent = numbers[place.dataset.number];
}

const COUNTED_AFTER = 1500; // milliseconds: by then this page is in the numbers itself

const beacon = document.querySelector("[data-beacon]");
const block = document.querySelector("[data-visits]");
onceSeen(() => {
  if (beacon) tell(beacon.dataset.beacon);
  if (block) setTimeout(() => fill(block).catch(() => {}), COUNTED_AFTER); // or the dashes stay
});
