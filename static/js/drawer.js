// One drawer beside the task: the guideline, the glossary, a question. The card of the task is never touched by it.
import { hideBeside } from "./beside.js";
import { giveBack } from "./focus.js";
import { isText } from "./keys.js";

const drawer = () => document.getElementById("guideline");
let before = null; // what had the keyboard when it opened: the link itself only where one stood on it

function close() {
  const place = drawer();
  if (!place || place.hidden) return;
  hideBeside(place);
  const within = place.contains(document.activeElement);
  place.replaceChildren();
  place.hidden = true;
  delete place.dataset.shows;
  if (within) giveBack(before);
}

document.addEventListener("click", (event) => {
  if (!drawer() || !event.target.closest("[data-close-guideline]")) return;
  event.preventDefault();
  event.stopPropagation();
  close();
}, true);

/** Whatever Esc closes before the drawer: a menu, the list of keys, the whole screen. */
const isCovered = () => document.fullscreenElement || document.querySelector("dialog[open], details[data-menu][open]");
const isWritten = (field) => field.value !== field.defaultValue;

// Esc closes the drawer, but throws nothing away that was written in it: then it leaves the field. The press goes on to
// stop.js: Esc twice always stops, whatever is open. Captured, to see what is open before the others close it.
document.addEventListener("keydown", (event) => {
  const place = drawer();
  if (event.key !== "Escape" || event.repeat || event.isComposing || !place || place.hidden || isCovered()) return;
  if (isText(event.target) && !place.contains(event.target)) return;
  if (![...place.querySelectorAll("textarea, input[type=text]")].some(isWritten)) close();
  else if (isText(event.target)) place.focus({ preventScroll: true });
}, true);

// The same key opens and closes; another one's key shows the other thing.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest?.("[data-drawer]");
  if (!link || !drawer()) return;
  if (!drawer().hidden && drawer().dataset.shows === link.dataset.drawer) {
    event.preventDefault();
    close();
    return;
  }
  if (!drawer().contains(document.activeElement)) before = document.activeElement;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "guideline") hideBeside(drawer());
});
document.addEventListener("htmx:afterSwap", (event) => {
  const place = event.detail.target;
  if (place?.id !== "guideline") return;
  const link = event.detail.requestConfig?.elt?.closest?.("[data-drawer]");
  if (link) place.dataset.shows = link.dataset.drawer;
  place.hidden = false;
});
document.addEventListener("respite:close-drawer", close);

// A key that puts the cursor into a search. Only with scripts, so only then it is there.
const search = () => {
  for (const button of document.querySelectorAll("[data-focuses][hidden]")) button.hidden = false;
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-focuses]");
  if (button) document.getElementById(button.dataset.focuses)?.focus();
});
document.addEventListener("htmx:load", search);
search();
