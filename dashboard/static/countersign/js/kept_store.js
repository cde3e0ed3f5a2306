/* The safety plan that a person chose to keep on this device: one sealed record in the browser's own database. It opens only
   with the words that the person chose; nobody else knows them, and nobody can replace them. */

const DATABASE = "countersign-kept";
const STORE = "kept";
const KEY = "safety-plan";
const ROUNDS = 600000;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function in_store(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const asked = act(database.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    database.close();
  }
}

async function key_of(words, salt, rounds) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(words), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function keep(plan, words) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await key_of(words, salt, ROUNDS);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(plan)));
  await in_store("readwrite", (store) => store.put({ format: 1, salt, iv, rounds: ROUNDS, sealed }, KEY));
}

async function open_kept(words) {
  const kept = await in_store("readonly", (store) => store.get(KEY));
  if (!kept) return null;
  const key = await key_of(words, kept.salt, kept.rounds);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

async function is_kept() {
  return Boolean(await in_store("readonly", (store) => store.get(KEY)));
}

function wipe() {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}

globalThis.kept_store = { keep, open_kept, is_kept, wipe };
