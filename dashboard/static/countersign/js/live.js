/* New alerts on every psychologist's screen, within seconds and without reloading: asks every three seconds how many
   people wait, and says once, above the page, that somebody waits. A title and a sound go with it, both switched off on the
   safety page. It says when it is not connected and when the session has ended; it never keeps a session alive. */

const PLACE = document.querySelector("[data-live]");
const EVERY = 3000, LONGEST = 30000, PATIENCE = 4000;
const TITLE = document.title;

let etag = "", last = null, failures = 0, owed = false, audio = null;

/* What this window has shown, what is chosen on this device. Without storage it forgets. */
function kept(storage, name, otherwise) {
  try {
    return JSON.parse(storage.getItem(name)) || otherwise;
  } catch {
    return otherwise;
  }
}

function keep(storage, name, what) {
  try {
    storage.setItem(name, JSON.stringify(what));
  } catch {
    // A browser without storage: everything still works on this page.
  }
}

const CHOICES = `countersign-live-${PLACE ? PLACE.dataset.person : ""}`;
const chosen = () => ({ sound: true, title: true, ...kept(localStorage, CHOICES, {}) });
const marked = (name) => kept(sessionStorage, `countersign-live-${name}`, []);
const mark = (name, id) => keep(sessionStorage, `countersign-live-${name}`, [...marked(name).filter((each) => each !== id), id].slice(-50));

/* What was hidden, and when: a line about an emergency that still waits comes back after the seconds that it says. */
const hidden = () => kept(sessionStorage, "countersign-live-hidden-at", {});
const isHidden = (call) => {
  const at = hidden()[call.id];
  return at !== undefined && !(call.back && Date.now() - at >= call.back * 1000);
};

function hide(id) {
  const all = Object.entries({ ...hidden(), [id]: Date.now() }).sort((one, other) => other[1] - one[1]);
  keep(sessionStorage, "countersign-live-hidden-at", Object.fromEntries(all.slice(0, 50)));
}

function part(name) {
  return PLACE.querySelector(`template[data-live-${name}]`).content.cloneNode(true);
}

function put(where, ...what) {
  PLACE.querySelector(`[data-live-${where}]`).replaceChildren(...what);
}

/* The sound: three short tones, made here. A browser allows it after somebody has clicked or typed on the page. */
async function sound() {
  if (document.hidden) return false; // the window that is looked at sounds
  try {
    audio ??= new AudioContext();
    await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 300))]);
  } catch {
    return false;
  }
  if (audio.state !== "running") return false;
  for (const [place, pitch] of [880, 660, 880].entries()) {
    const tone = audio.createOscillator(), loud = audio.createGain(), from = audio.currentTime + place * 0.28;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.25, from + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
    tone.connect(loud).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.25);
  }
  PLACE.dataset.sounded = String(Number(PLACE.dataset.sounded || 0) + 1);
  return true;
}

async function ring() {
  if (!chosen().sound) return;
  owed = !(await sound());
  put("sound", ...(owed && !document.hidden ? [part("silent")] : []));
}

for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, () => owed && ring());
document.addEventListener("visibilitychange", () => !document.hidden && owed && ring());

function notice(call) {
  const box = part("new").firstElementChild;
  box.dataset.call = call.id;
  box.querySelector("a").href = call.url;
  box.querySelector("[data-live-hide]").addEventListener("click", () => {
    hide(call.id);
    box.remove();
  });
  return box;
}

/* What is shown says what is so now: words that changed, and nothing that no longer waits. */
function follow(calls) {
  for (const box of PLACE.querySelectorAll("[data-call]")) {
    const call = calls.find((each) => each.id === box.dataset.call);
    if (!call) box.remove();
    else for (const [place, words] of [["words", call.words], ["short", call.short]]) {
      box.querySelector(`[data-live-${place}]`).textContent = words;
    }
  }
}

/* Where the page itself leads to this alert or is about it, it needs no banner. One that came later is not on it. */
function listed(call) {
  if (location.pathname !== call.page && !document.querySelector(`main a[href="${call.page}"]`)) return;
  mark("shown", call.id);
  hide(call.id);
}

function show(facts) {
  const count = facts.waiting + facts.due;
  document.title = count && chosen().title ? `(${count}) ${TITLE}` : TITLE;
  for (const number of document.querySelectorAll("[data-live-count]")) {
    number.textContent = String(facts.waiting);
    number.hidden = !facts.waiting;
  }
  facts.calls.forEach(listed);
  const shown = (call) => PLACE.querySelector(`[data-call="${CSS.escape(call.id)}"]`);
  const fresh = facts.calls.filter((call) => !marked("shown").includes(call.id));
  const still = facts.calls.filter((call) => !fresh.includes(call) && !isHidden(call));
  PLACE.querySelector("[data-live-alert]").append(...fresh.map(notice));
  PLACE.querySelector("[data-live-still]").append(...still.filter((call) => !shown(call)).map(notice));
  follow(facts.calls);
  fresh.forEach((call) => mark("shown", call.id));
  if (fresh.length) ring();
}

async function ask() {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(PLACE.dataset.live, {
      headers: etag ? { "If-None-Match": etag } : {},
      signal: stop.signal,
      cache: "no-store",
    });
    if (answer.status === 304) {
      if (last) show(last);
      return true;
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const facts = await answer.json();
    if (facts.ended) {
      document.title = TITLE;
      put("alert");
      put("still", part("ended"));
      return false;
    }
    show(facts);
    last = facts;
    etag = answer.headers.get("ETag") || "";
    return true;
  } finally {
    clearTimeout(late);
  }
}

async function tick() {
  let again = true;
  try {
    again = await ask();
    if (failures > 1) put("said");
    failures = 0;
  } catch {
    failures += 1;
    if (failures === 2) put("said", part("lost"));
  }
  if (again) setTimeout(tick, Math.min(EVERY * 2 ** Math.max(0, failures - 1), LONGEST));
}

/* The two choices on the safety page, and trying the sound. */
for (const box of document.querySelectorAll("[data-live-choices]")) {
  box.hidden = false;
  for (const choice of box.querySelectorAll("input[data-live-choice]")) {
    choice.checked = chosen()[choice.dataset.liveChoice];
    choice.addEventListener("change", () => {
      keep(localStorage, CHOICES, { ...chosen(), [choice.dataset.liveChoice]: choice.checked });
      if (!chosen().title) document.title = TITLE;
    });
  }
  box.querySelector("[data-live-try]").addEventListener("click", sound);
}

if (PLACE) tick();
