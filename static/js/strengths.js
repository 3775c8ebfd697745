// Categories by keyboard in two steps: a category's key, then 1–4 for how strong. The printed keys always show what
// the next press does. Without this module the form is plain boxes and buttons.

const form = () => document.querySelector("form[data-answers]");
const say = (words) => (document.getElementById("announcer").textContent = words);
let asking = null; // the category whose strength is asked for

function ask(category) {
  asking = category;
  for (const row of document.querySelectorAll("[data-category]")) row.toggleAttribute("data-asking", row === category);
  form()?.toggleAttribute("data-strength", Boolean(category));
}

const box = (category) => category.querySelector("input[type=checkbox]");
const strengths = (category) => [...category.querySelectorAll("input[type=radio]")];

/** The next chosen category whose strength is not said yet, if any: after a draft came back, or a save was refused. */
function askMissing() {
  const missing = [...document.querySelectorAll("[data-category]")].find(
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
  if (none) none.checked = false;
  if (strengths(category).length && !strengths(category).some((radio) => radio.checked)) {
    ask(category);
    say(category.dataset.ask);
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

document.addEventListener("respite:key", (event) => {
  if (!asking?.isConnected) return;
  const { key } = event.detail;
  if (key === "0") {
    box(asking).checked = false;
    box(asking).dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
    return;
  }
  const radio = strengths(asking).find((each) => each.value === key);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("htmx:afterSettle", () => {
  if (!asking?.isConnected) askMissing();
});
askMissing();
