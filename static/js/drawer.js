// One drawer beside the task: the guideline, the glossary, a question. The card of the task is never touched by it.
import { hideBeside } from "./beside.js";
import { giveBack } from "./focus.js";
import { isText } from "./keys.js";

const drawer = () => document.getElementById("guideline");
let before = null; // what had the keyboard when it opened: the link itself only where one stood on it
const unsent = new Map(); // address that the drawer showed → id of a field → text; it may quote the item, so never stored

/** The fields with a text that was not sent. One that was refused comes back as if nothing had been written since. */
const written = (place) =>
  [...place.querySelectorAll("textarea, input[type=text]")].filter(({ form, value, defaultValue }) =>
    !form?.hasAttribute("data-sent") && (value !== defaultValue || (value && form?.querySelector(".error-summary"))));

/** Before something else takes its place. */
function keep(place) {
  const { url } = place.dataset;
  for (const { id, value } of written(place)) unsent.set(url, (unsent.get(url) ?? new Map()).set(id, value));
}

const show = (field) => field.closest("details")?.setAttribute("open", "");

function restore(place) {
  const texts = unsent.get(place.dataset.url) ?? new Map();
  for (const [id, text] of texts) {
    const field = place.querySelector(`#${CSS.escape(id)}`);
    if (!field) continue; // a search left it out
    field.value = text;
    show(field);
    texts.delete(id);
  }
}

/** What has arrived is not brought back, not even where another key covered it on its way. */
function forget(form) {
  form.setAttribute("data-sent", "");
  for (const texts of unsent.values()) {
    for (const [id, text] of texts) if (form.elements?.[id]?.value === text) texts.delete(id);
  }
}

function close() {
  const place = drawer();
  if (!place || place.hidden) return;
  keep(place);
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

/** By what Esc closes first. */
const isCovered = () => document.fullscreenElement || document.querySelector("dialog[open], details[data-menu][open]");

// Esc leaves a field with words, or closes, and goes on to stop.js. Captured, to see what is open before others close it.
document.addEventListener("keydown", ({ key, repeat, isComposing, target }) => {
  if (key !== "Escape" || repeat || isComposing || isCovered()) return;
  const place = isText(target) && drawer();
  if (place && !place.contains(target)) return;
  if (place && written(place).length) place.focus({ preventScroll: true });
  else close();
}, true);

// The same key opens and closes, or goes back to what was written; another one's key shows the other thing.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { requestConfig } = event.detail;
  if (drawer()?.contains(event.target)) requestConfig.drawer = { ...drawer().dataset }; // the reply belongs there
  const link = event.target.closest?.("[data-drawer]");
  if (!link || !drawer()) return;
  if (!drawer().hidden && drawer().dataset.shows === link.dataset.drawer) {
    event.preventDefault();
    const [field] = written(drawer());
    if (!field) return close();
    show(field);
    field.focus();
    return;
  }
  requestConfig.drawer = { shows: link.dataset.drawer, url: link.href };
  if (!drawer().contains(document.activeElement)) before = document.activeElement;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, shouldSwap, requestConfig, xhr } = event.detail;
  if (requestConfig.verb === "post" && xhr.status < 300) forget(requestConfig.elt);
  if (target?.id === "bench" && shouldSwap && drawer()?.querySelector("[data-passing]")) close(); // it was about this task
  if (target?.id !== "guideline" || !shouldSwap) return;
  keep(target);
  hideBeside(target);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const place = event.detail.target;
  if (place?.id !== "guideline") return;
  Object.assign(place.dataset, event.detail.requestConfig.drawer);
  restore(place);
  place.hidden = false;
});
document.addEventListener("respite:close-drawer", close);

// A key that puts the cursor into a search: only scripts can.
const search = () => {
  for (const button of document.querySelectorAll("[data-focuses][hidden]")) button.hidden = false;
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-focuses]");
  if (button) document.getElementById(button.dataset.focuses)?.focus();
});
document.addEventListener("htmx:load", search);
search();
