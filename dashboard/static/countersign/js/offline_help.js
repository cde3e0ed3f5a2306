/* Lets the browser keep the two pages that help without a network. */

navigator.serviceWorker?.register("/offline.js").catch(() => {});
