/* On the safety plan's page: keeping a sealed copy on this device, and taking it away. Without this script, or where the
   browser cannot seal, the whole part stays hidden. */

const { is_kept, keep, wipe } = globalThis.kept_store;

const part = document.querySelector("[data-keep]");
const able = window.isSecureContext && window.indexedDB && window.crypto?.subtle;

function say(name) {
  part.querySelector("[data-keep-said]").textContent = name ? part.dataset[name] : "";
}

async function show() {
  const kept = await is_kept();
  part.querySelector("[data-keep-away]").hidden = !kept;
  part.hidden = false;
}

async function kept(event) {
  event.preventDefault();
  const field = part.querySelector("input");
  if (field.value.length < Number(field.minLength)) {
    say("short");
    field.focus();
    return;
  }
  try {
    await keep(JSON.parse(document.getElementById("kept-plan").textContent), field.value);
    field.value = "";
    say("done");
  } catch {
    say("failed");
  }
  await show();
}

if (part && able) {
  part.querySelector("form").addEventListener("submit", kept);
  part.querySelector("[data-keep-away]").addEventListener("click", async () => {
    await wipe();
    say("gone");
    await show();
  });
  show().catch(() => {});
}
