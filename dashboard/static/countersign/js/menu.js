/* Menus are <details data-menu>: they work without this script, which closes them on Esc and on a click elsewhere. */

function close_all(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => close_all(event.target.closest("details[data-menu]")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement && document.activeElement.closest("details[data-menu][open]");
  close_all(null);
  if (menu) menu.querySelector("summary").focus();
});
