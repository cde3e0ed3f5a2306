/* A form marked data-submit-once is sent once: a double click must not sign twice. The server refuses it as well. */

const SENDING = "sending";

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-submit-once]");
  if (!form || event.defaultPrevented) return;
  if (SENDING in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset[SENDING] = "";
  // Not `disabled`: the pressed button's value must still be sent, and focus must not be lost.
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
});

// A page that comes back from the history may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-submit-once]")) {
    if (!(SENDING in form.dataset)) continue;
    delete form.dataset[SENDING];
    for (const button of form.querySelectorAll("button:not([type=button])")) button.removeAttribute("aria-disabled");
  }
});
