/* Tells the server which piece of evidence was opened: <details data-opened-url="…">. The answer may be JSON {words},
   "4 of 6 opened", which is put into [data-opened-count]. Nothing is kept in the browser. */

async function tell(piece) {
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
  const answer = await fetch(piece.dataset.openedUrl, {
    method: "POST",
    headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" },
    credentials: "same-origin",
    keepalive: true,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  piece.dataset.openedTold = "";
  const mark = piece.querySelector("[data-opened-mark]");
  if (mark) mark.hidden = false;
  const { words } = answer.status === 200 ? await answer.json() : {};
  const count = document.querySelector("[data-opened-count]");
  if (words && count) count.textContent = words;
}

for (const piece of document.querySelectorAll("details[data-opened-url]")) {
  piece.addEventListener("toggle", () => {
    // A failed report is tried again the next time the piece is opened; reading is never held up by it.
    if (piece.open && !("openedTold" in piece.dataset)) tell(piece).catch(() => {});
  });
}
