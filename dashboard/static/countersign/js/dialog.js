/* Opens a native <dialog> from [data-dialog-open="its id"]. The opener is a link to a page with the same content,
   so without this script the page opens instead. Esc closes, and the browser gives focus back to the opener. */

function open(dialog) {
  dialog.showModal();
  const title = dialog.querySelector("h1, h2");
  if (title) {
    title.tabIndex = -1;
    title.focus();
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    open(dialog);
    return;
  }
  if (event.target.closest("[data-dialog-close]")) {
    const shown = event.target.closest("dialog");
    if (shown) {
      event.preventDefault();
      shown.close();
    }
  }
});
