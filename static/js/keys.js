// Keys are printed on what they press: an element with data-key="S" is pressed by S. `data-action` names it in the
// dialog ("?"), where its key can be changed. Keys rest while somebody types, and one switch turns them off.

const STORE = "respite-keys";
const OFF = "respite-keys-off";
const TEXT = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const PRESSES_ITSELF = "button, summary, input, a[href]";

export const isText = (element) => Boolean(element?.closest?.(TEXT));

const read = (name, fallback) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? fallback;
  } catch {
    return fallback; // A browser that keeps nothing still has the printed keys.
  }
};
const write = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // As above: the choice then holds for this page only.
  }
};

let own = read(STORE, {});
let off = read(OFF, false);

/** The name of a pressed key as it is printed: "S", "Space", "Shift Space", "1". */
function printed(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return event.shiftKey && key.length > 1 ? `Shift ${key}` : key;
}

/** On keyboards whose digits need Shift, the digit's key alone counts as the digit. */
const digit = (event) => (!event.shiftKey && /^Digit\d$/.test(event.code) ? event.code.at(-1) : null);

const pressable = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true });

function find(key) {
  const root = document.querySelector("dialog[open]") ?? document;
  return [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(pressable);
}

/** Print this person's own keys on everything that has an action. */
function print(root = document) {
  for (const element of root.querySelectorAll("[data-action][data-key]")) {
    element.dataset.usual ??= element.dataset.key;
    const key = own[element.dataset.action] ?? element.dataset.usual;
    element.dataset.key = key;
    element.setAttribute("aria-keyshortcuts", key.replace(" ", "+"));
    const label = element.querySelector("[data-key-label]");
    if (label) label.textContent = key;
  }
  document.documentElement.dataset.keys = off ? "off" : "on";
}

document.addEventListener("keydown", (event) => {
  if (off || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isText(event.target)) return;
  const key = printed(event);
  if (key === "?") {
    event.preventDefault();
    openDialog();
    return;
  }
  if (key === "Enter" && event.target.closest("button, summary, a[href]")) return;
  if (key === "Space" && event.target.closest(PRESSES_ITSELF)) return;
  for (const name of [key, digit(event)]) {
    if (!name) continue;
    // A page may want the key first: answers.js takes 1–4 while a strength is asked for.
    const wanted = new CustomEvent("respite:key", { detail: { key: name }, cancelable: true });
    if (!document.dispatchEvent(wanted)) {
      event.preventDefault();
      return;
    }
    const element = find(name);
    if (element) {
      event.preventDefault();
      element.click();
      return;
    }
  }
});

const dialog = document.getElementById("keys");

function row(action, key, change) {
  const name = document.createElement("span");
  name.textContent = action;
  const box = document.createElement(change ? "input" : "kbd");
  const said = document.createElement("span");
  said.className = "small";
  said.setAttribute("role", "status");
  if (change) {
    box.value = key;
    box.readOnly = true;
    box.size = 8;
    box.setAttribute("aria-label", `Key for ${action}`);
    box.addEventListener("keydown", (event) => rebind(event, action, box, said));
  } else {
    box.textContent = key;
  }
  return [name, box, said];
}

function rebind(event, action, box, said) {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[\p{L}.,;+*-]$/u.test(event.key)) return;
  event.preventDefault();
  const key = event.key.toUpperCase();
  const taken = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === key && element.dataset.action !== action,
  );
  if (taken) {
    said.textContent = "taken";
    return;
  }
  own = { ...own, [action]: key };
  write(STORE, own);
  box.value = key;
  said.textContent = "changed";
  print();
}

function fill() {
  const seen = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const action = element.dataset.action ?? element.dataset.keyName;
    if (action && pressable(element)) seen.set(action, [element.dataset.key, Boolean(element.dataset.action)]);
  }
  const rows = [...seen].flatMap(([action, [key, change]]) => row(action, key, change && /^.$/u.test(key)));
  dialog.querySelector("[data-key-list]").replaceChildren(...rows, ...row("Stop", "Esc Esc", false), ...row("These keys", "?", false));
  dialog.querySelector("[data-keys-switch]").checked = !off;
}

function openDialog() {
  if (!dialog || dialog.open) return;
  fill();
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-keys]")) openDialog();
  else if (event.target.closest("[data-close-keys]")) dialog.close();
  else if (event.target.closest("[data-reset-keys]")) {
    own = {};
    write(STORE, own);
    print();
    fill();
  }
});
dialog?.querySelector("[data-keys-switch]").addEventListener("change", (event) => {
  off = !event.target.checked;
  write(OFF, off);
  print();
});

document.addEventListener("htmx:load", (event) => print(event.target.parentElement ?? document));
document.addEventListener("respite:swapped", () => print());
print();
