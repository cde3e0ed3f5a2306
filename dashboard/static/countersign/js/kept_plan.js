/* The page that opens the kept safety plan, with or without a network. */

const { is_kept, open_kept } = globalThis.kept_store;

const part = document.querySelector("[data-kept]");
const form = part.querySelector("form");
const said = part.querySelector("[data-kept-said]");

function draw(plan) {
  const list = part.querySelector("[data-kept-plan]");
  list.replaceChildren();
  for (const { title, words } of plan) {
    const entry = document.createElement("div");
    const head = document.createElement("dt");
    const body = document.createElement("dd");
    head.textContent = title;
    body.textContent = words;
    body.dir = "auto";
    entry.append(head, body);
    list.append(entry);
  }
  form.hidden = true;
  list.hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const plan = await open_kept(form.querySelector("input").value);
    if (plan) draw(plan);
    else said.textContent = part.dataset.none;
  } catch {
    said.textContent = part.dataset.wrong;
  }
});

is_kept()
  .then((kept) => {
    form.hidden = !kept;
    if (!kept) said.textContent = part.dataset.none;
  })
  .catch(() => {
    said.textContent = part.dataset.none;
  });
