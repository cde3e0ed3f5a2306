/* After a change of the record the buttons of the decision rest for some seconds ([data-rest]), so that a second press
   meant for the draft before does not decide about this one. Only after another draft: never on the way from a list. */

const DRAFT = /^\/patients\/[^/]+\/drafts\/[^/]+\//;
const group = document.querySelector("[data-rest]");

function draft_of(address) {
  const url = address ? new URL(address) : null;
  const found = url && url.origin === location.origin && DRAFT.exec(url.pathname);
  return found ? found[0] : "";
}

function rest(seconds) {
  const buttons = [...group.querySelectorAll("button")];
  const said = group.querySelector("[data-rest-said]");
  const hold = (event) => {
    if (!event.target.closest("button[aria-disabled]")) return;
    event.preventDefault();
    event.stopPropagation();
  };
  group.addEventListener("click", hold, true);
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  if (said) said.hidden = false;
  setTimeout(() => {
    group.removeEventListener("click", hold, true);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    if (said) said.hidden = true;
  }, seconds * 1000);
}

if (group) {
  const before = draft_of(document.referrer);
  if (before && before !== draft_of(location.href)) rest(Number(group.dataset.rest));
}
