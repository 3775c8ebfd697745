// Keys are printed on what they press: an element with data-key="S" is pressed by S, or by what this person has in its
// place. Their own keys come from the server with each page (people.keys): a usual key, and theirs. Keys rest while
// somebody types, and one switch turns them off.
import { post } from "./csrf.js";

const TEXT = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const PRESSES_ITSELF = "button, summary, input, a[href]";
const page = document.documentElement;
const own = JSON.parse(page.dataset.ownKeys || "{}");
const usualOf = new Map(Object.entries(own).map(([usual, mine]) => [mine, usual]));

export const isText = (element) => Boolean(element?.closest?.(TEXT));

/** The name of a pressed key as it is printed: "S", "Space", "Shift Space", "1". */
function printed(event) {
  if (event.key === "؟") return "?";
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return event.shiftKey && key.length > 1 ? `Shift ${key}` : key;
}

/** Where the key stands on the board: for digits that need Shift, and for layouts without Latin letters. */
function placed(event) {
  if (!event.shiftKey && /^Digit\d$/.test(event.code)) return event.code.at(-1);
  if (/[\p{Script=Latin}\p{ASCII}]/u.test(event.key)) return null;
  return /^(?:Key([A-Z])|Numpad(\d))$/.exec(event.code)?.slice(1).find(Boolean) ?? null;
}

/** What a pressed key usually is; null where this person has moved the action away from it. */
const meant = (key) => usualOf.get(key) ?? (key in own ? null : key);

/** The usual keys that a press may mean, the likeliest first. A number pad's digits stay digits. */
function meanings(event) {
  if (/^Numpad\d$/.test(event.code) && /^\d$/.test(event.key)) return [event.key];
  return [printed(event), placed(event)].filter(Boolean).map(meant).filter(Boolean);
}

const pressable = (element) =>
  !element.disabled && !element.closest("[inert]") && element.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true });

/** A menu that is open has the keys to itself: nothing behind it is answered by accident. */
const openMenu = () => document.querySelector("details[data-menu][open]");

function find(key) {
  const root = document.querySelector("dialog[open]") ?? openMenu() ?? document;
  return [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(pressable);
}

/** Print this person's own keys wherever the page prints a usual one. */
function print(root = document) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const key = own[element.dataset.key] ?? element.dataset.key;
    element.setAttribute("aria-keyshortcuts", key.replace(" ", "+"));
  }
  for (const label of root.querySelectorAll("kbd:not([data-key-fixed])")) {
    label.dataset.cap ??= label.textContent.trim(); // as this reader calls it: "Leertaste"
    label.dataset.usual ??= label.dataset.cap;
    label.textContent = own[label.dataset.usual] ?? label.dataset.cap;
  }
}

document.addEventListener("keydown", (event) => {
  if (page.dataset.keys === "off" || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isText(event.target)) return;
  const pressed = printed(event);
  if (pressed === "?") {
    event.preventDefault();
    openDialog();
    return;
  }
  if (pressed === "Enter" && event.target.closest("button, summary, a[href]")) return;
  if (pressed === "Space" && event.target.closest(PRESSES_ITSELF)) return;
  for (const key of meanings(event)) {
    // A page may want the key first: answers.js takes 1–4 while a strength is asked for.
    const wanted = new CustomEvent("respite:key", { detail: { key }, cancelable: true });
    if (!openMenu() && !document.dispatchEvent(wanted)) {
      event.preventDefault();
      return;
    }
    const element = find(key);
    if (element) {
      event.preventDefault();
      press(element);
      return;
    }
  }
});

/** A label hands its focus on to its box, where Space would then untick it: a key leaves no focus behind. */
function press(element) {
  const before = document.activeElement;
  element.click();
  const after = document.activeElement;
  if (after !== before && element.matches("label") && element.contains(after) && after.matches("[type=checkbox], [type=radio]")) after.blur();
}

const dialog = document.getElementById("keys");

/** The answers of this page by their own names; of the keys for answers, only those that press one. */
function nameAnswers() {
  for (const row of dialog.querySelectorAll("[data-key-row]")) {
    const words = row.querySelector("dt");
    row.dataset.words ??= words.textContent;
    const answer = /^\d$/.test(row.dataset.keyRow) && find(row.dataset.keyRow);
    words.textContent = answer ? answer.dataset.action : row.dataset.words;
    row.hidden = answer === undefined;
  }
}

function openDialog() {
  if (!dialog || dialog.open) return;
  nameAnswers();
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-keys]")) openDialog();
  else if (event.target.closest("[data-close-keys]")) dialog.close();
});
dialog?.querySelector("[data-keys-switch]").addEventListener("change", (event) => {
  page.dataset.keys = event.target.checked ? "on" : "off";
  const form = event.target.form;
  post(form.action, new FormData(form)).catch(() => {}); // The choice holds on this page in any case.
});

document.addEventListener("htmx:load", (event) => print(event.target.parentElement ?? document));
for (const name of ["respite:swapped", "respite:question"]) document.addEventListener(name, () => print());
print();
