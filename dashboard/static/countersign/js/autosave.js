/* Saves a questionnaire as it is answered: <form data-autosave>. The server answers with a part of a page, which goes
   into [data-autosave-said], or into [data-autosave-help] where it holds the help card. Nothing is kept in the browser. */

const SAVING = "saving";

function progress(form) {
  const words = form.querySelector("[data-progress]");
  if (!words) return;
  const done = form.querySelectorAll('input[type="radio"]:checked:not([value=""])').length;
  words.textContent = words.dataset.progress.replace("{done}", String(done)).replace("{all}", words.dataset.all);
}

// Help stays once it was shown, and is said once; so is that an answer was saved.
function say(form, part) {
  const help = form.querySelector("[data-autosave-help]");
  const said = form.querySelector("[data-autosave-said]");
  if (part.querySelector(".help-card")) {
    if (help.firstElementChild) return;
    said.replaceChildren();
    help.replaceChildren(part);
    help.firstElementChild.scrollIntoView({ block: "start" });
  } else if (said.textContent.trim() !== part.textContent.trim()) {
    said.replaceChildren(part);
  }
}

function failed() {
  return document.querySelector("template[data-autosave-failed]").content.cloneNode(true);
}

async function part_of(answer) {
  if (![200, 401, 422].includes(answer.status) || answer.redirected) return failed();
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = document.createDocumentFragment();
  part.append(...parsed.body.childNodes);
  return part;
}

async function save(form) {
  if (SAVING in form.dataset) {
    form.dataset[SAVING] = "again";
    return;
  }
  form.dataset[SAVING] = "";
  const fields = new FormData(form);
  fields.set("step", "autosave");
  try {
    // keepalive: an answer that was chosen last is read even where somebody leaves the page at once.
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), keepalive: true });
    say(form, await part_of(answer));
  } catch {
    say(form, failed());
  }
  const again = form.dataset[SAVING] === "again";
  delete form.dataset[SAVING];
  if (again) save(form);
}

// What was chosen while another answer was on its way is sent after it, unless the page is left before.
window.addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (form.dataset[SAVING] !== "again") continue;
    const fields = new FormData(form);
    fields.set("step", "autosave");
    navigator.sendBeacon(form.action, new URLSearchParams(fields));
  }
});

for (const form of document.querySelectorAll("form[data-autosave]")) {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    progress(form);
    save(form);
  });
}
