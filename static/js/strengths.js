// Categories by keyboard in two steps: a category's key, then 1–4 for how strong. The key of one that is chosen already
// asks again how strong it is; only a mouse or a finger unticks its box. The printed keys always show what the next press
// does. Without this module the form is plain boxes and buttons.

import { escCloses } from "./closes.js";

const form = () => document.querySelector("form[data-answers]");
const say = (words) => (document.getElementById("announcer").textContent = words);
const keysRest = () => document.documentElement.dataset.keys === "off";
let asking = null; // the category whose strength is asked for
let gaveWay = null; // the "none of these" that stood before this category was chosen

function ask(category) {
  asking = category;
  gaveWay = null;
  for (const words of document.querySelectorAll("[data-strength-keys]")) {
    const belongs = category && words.closest("[data-question]") === category.closest("[data-question]");
    words.hidden = !belongs || keysRest();
    if (belongs) category.querySelector(".strengths").append(words); // below what else can be pressed
  }
  for (const row of document.querySelectorAll("[data-category]")) row.toggleAttribute("data-asking", row === category);
  form()?.toggleAttribute("data-strength", Boolean(category));
}

const box = (category) => category.querySelector("input[type=checkbox]");
const strengths = (category) => [...category.querySelectorAll("input[type=radio]")];

/** The next chosen category of this question whose strength is not said yet, if any: a draft came back, a save was refused. */
function askMissing() {
  const missing = [...document.querySelectorAll("[data-here] [data-category]")].find(
    (row) => box(row).checked && strengths(row).length && !strengths(row).some((radio) => radio.checked),
  );
  ask(missing ?? null);
}

/** A category was chosen or taken back: its strengths follow, and "none of these" gives way. */
function chosen(category) {
  const on = box(category).checked;
  const question = category.closest("[data-question]");
  if (!on) {
    for (const radio of strengths(category)) radio.checked = false;
    if (asking === category) ask(null);
    return;
  }
  const none = question.querySelector("[data-none]");
  const stood = none?.checked ? none : null;
  if (none) none.checked = false;
  if (strengths(category).length && !strengths(category).some((radio) => radio.checked)) {
    ask(category);
    gaveWay = stood;
    say(category.dataset.ask);
    category.querySelector(".strengths").scrollIntoView({ block: "nearest", behavior: "instant" }); // and its keys
  }
}

function change(target) {
  const category = target.closest("[data-category]");
  if (target.matches("[data-none]")) {
    if (!target.checked) return;
    for (const row of target.closest("[data-question]").querySelectorAll("[data-category]")) {
      box(row).checked = false;
      chosen(row);
    }
    say(target.closest("label").textContent.trim());
  } else if (category && target.type === "radio") {
    box(category).checked = true;
    chosen(category);
    askMissing();
    say(`${category.dataset.category}: ${target.dataset.word}`);
  } else if (category) {
    chosen(category);
  }
}

document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-answers]")) change(event.target);
});

// A printed key presses the label by script, which no mouse, finger or Space does.
document.addEventListener("click", (event) => {
  const category = event.target.closest("form[data-answers] [data-category]");
  if (event.isTrusted || !category || !event.target.matches("label.answer")) return;
  if (!box(category).checked || !strengths(category).length) return;
  event.preventDefault(); // it stays ticked
  ask(category);
  say(category.dataset.ask);
  category.querySelector(".strengths").scrollIntoView({ block: "nearest", behavior: "instant" }); // and its keys
}, true);

function tick(input, on) {
  input.checked = on;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** All is as it was before the category's key. */
function leave() {
  const [category, stood] = [asking, gaveWay];
  const strength = strengths(category).find((radio) => radio.checked);
  if (!strength) tick(box(category), false);
  ask(null);
  if (stood) tick(stood, true);
  else say(strength ? `${category.dataset.category}: ${strength.dataset.word}` : "");
}

document.addEventListener("respite:key", (event) => {
  if (!asking?.isConnected || asking.closest("[inert]") || document.querySelector("dialog[open]")) return;
  const { key } = event.detail;
  const radio = strengths(asking).find((each) => each.value === key);
  if (key === "0") tick(box(asking), false);
  else if (key === "Escape" && !escCloses()) leave();
  else if (radio) tick(radio, true);
  else return;
  event.preventDefault();
});

// The digits belong to the question that one is at.
document.addEventListener("respite:question", () => {
  if (!asking?.isConnected || !asking.closest("[data-here]")) askMissing();
});
document.addEventListener("htmx:afterSettle", () => {
  if (!asking?.isConnected) askMissing();
});
askMissing();
