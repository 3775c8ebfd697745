// What is shown beside the task (an example, a masked word) leaves the page as an item does: when nobody looks, and at
// the end of its time. The server's own clock closes it too.
import { post } from "./csrf.js";

function hide(place) {
  const parent = place.parentElement;
  const closed = place.querySelector("template[data-closed]")?.content.cloneNode(true);
  post(place.dataset.beside, undefined, { keepalive: true }).catch(() => {});
  if (closed) place.replaceChildren(closed);
  delete place.dataset.beside;
  if (parent?.isConnected) window.htmx?.process(parent);
}

/** Take everything beside the task off the page. Safe to call at any time. */
export function hideBeside(root = document) {
  for (const place of root?.querySelectorAll("[data-beside]") ?? []) hide(place);
}

function start() {
  for (const place of document.querySelectorAll("[data-beside]:not([data-running])")) {
    place.dataset.running = "yes";
    setTimeout(() => {
      if (place.isConnected && place.dataset.beside) hide(place);
    }, Number(place.dataset.besideSeconds) * 1000);
  }
}

const all = () => hideBeside();
document.addEventListener("visibilitychange", () => document.hidden && all());
window.addEventListener("blur", all);
window.addEventListener("pagehide", all);
document.addEventListener("respite:leaving", all);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.matches?.(".example-closed")) all();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hide-beside]");
  const place = button?.closest("[data-beside]");
  if (!place) return;
  event.preventDefault();
  hide(place);
  place.querySelector("[data-focus]")?.focus();
});
document.addEventListener("htmx:load", start);
start();
