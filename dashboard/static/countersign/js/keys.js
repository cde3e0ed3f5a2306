/* Single keys of the psychologists' pages. They move, open and focus; they never sign, send or decide anything: an
   element says itself which key leads to it (data-key), and all that such a key does is press it or go there.
   They act only while no field has the focus and no dialog is open, and not at all when they are switched off. */

const LIST = document.getElementById("keys");
const ON = LIST instanceof HTMLDialogElement && LIST.dataset.keys === "on";
const FIELDS = "input, textarea, select, [contenteditable]";

let going = false; // after G: the next key names the place

const pressable = (name, value) => document.querySelector(`[data-${name}="${CSS.escape(value)}"]`);

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.querySelector("[data-row-link]"));
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const first = Math.max(all.findIndex((row) => row.hasAttribute("aria-current")), 0);
  const next = here < 0 ? (step > 0 ? first : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  const link = all[next].querySelector("[data-row-link]");
  link.focus();
  all[next].scrollIntoView({ block: "nearest" });
  return true;
}

function open_current() {
  if (document.activeElement && document.activeElement !== document.body) return false; // the browser's own Enter
  const row = rows().find((each) => each.hasAttribute("aria-current"));
  if (!row) return false;
  row.querySelector("[data-row-link]").click();
  return true;
}

/* Approve, pressed before all evidence is opened, goes to the first piece that is not and says so. Once: the second
   time it goes on, for what was opened is shown and never a gate. */
function unopened_first(target) {
  if (!("unopenedFirst" in target.dataset)) return false;
  const piece = document.querySelector("details[data-opened-url]:not([data-opened-told])");
  if (!piece) return false;
  const said = document.querySelector("[data-key-said]");
  if (said) said.textContent = target.dataset.unopenedFirst;
  delete target.dataset.unopenedFirst;
  piece.querySelector("summary").focus();
  piece.scrollIntoView({ block: "center" });
  return true;
}

function press(target) {
  if (target.matches(FIELDS)) {
    target.focus();
    target.select?.();
  } else if (!unopened_first(target)) {
    target.click();
  }
  return true;
}

function acted(key) {
  if (going) {
    going = false;
    const place = pressable("go", key);
    return place ? press(place) : false;
  }
  if (key === "g") return (going = true);
  if (key === "?") {
    LIST.showModal();
    LIST.querySelector("h2").focus();
    return true;
  }
  const target = pressable("key", key);
  if (target) return press(target);
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  return key === "Enter" && open_current();
}

if (ON) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest(FIELDS) || document.querySelector("dialog[open]")) return;
    if (event.repeat && !["j", "k"].includes(event.key)) return;
    if (acted(event.key)) event.preventDefault();
  });
}
