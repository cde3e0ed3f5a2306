/* Leave this page: the link works alone, and what was kept on this device goes with it. With this script the page is blanked before anything is fetched, no entry stays
   in the history, and pressing Shift three times within five seconds does the same. */

const PRESSES = 3;
const WITHIN_MS = 5000;

const link = document.querySelector("[data-leave]");
const status = document.querySelector("[data-leave-status]");
let pressed = [];

function leave() {
  const address = link.href;
  window.indexedDB?.deleteDatabase("countersign-kept");
  document.title = "\u2026";
  document.body.replaceChildren();
  window.location.replace(address);
}

function say(left) {
  if (status) status.textContent = left ? status.dataset[`left${left}`] || "" : "";
}

function on_key(event) {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    pressed = [];
    say(0);
    return;
  }
  pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
  if (pressed.length >= PRESSES) leave();
  else say(PRESSES - pressed.length);
}

if (link) {
  for (const each of document.querySelectorAll("[data-leave]")) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  document.addEventListener("keydown", on_key);
  // A blanked page that the browser kept must not come back half alive.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
