// Several questions on one form: which of them are asked, which one the keys belong to, and when one key is the whole
// answer. The printed keys are those of the question that one is at; the others show none.

const form = () => document.querySelector("form[data-answers]");
const questions = () => [...(form()?.querySelectorAll("[data-question]") ?? [])];
const asked = () => questions().filter((question) => !question.hidden);
let at = null;

const values = (question) =>
  [...question.querySelectorAll("input[name=category], input[name^='choice:']")]
    .filter((input) => input.checked)
    .map((input) => (input.name === "category" ? input.value.slice(question.dataset.question.length + 1) : input.value));

/** A question that follows from another is there only while it follows. */
function follow() {
  const there = new Map();
  for (const question of questions()) {
    const { when, whenValues, question: id } = question.dataset;
    const said = there.get(when) ?? [];
    question.hidden = Boolean(when) && !said.some((value) => whenValues.split(" ").includes(value));
    question.disabled = question.hidden;
    there.set(id, question.hidden ? [] : values(question));
  }
  const moves = form().querySelector(".question-moves");
  if (moves) moves.hidden = asked().length < 2; // Nowhere to go from the only question.
}

function isDone(question) {
  if (question.querySelector("[data-span-list] input:checked")) return true;
  if (question.hasAttribute("data-optional") && question.hasAttribute("data-visited")) return true;
  const selects = [...question.querySelectorAll("[data-ranks] select")];
  if (selects.length) return selects.every((select) => select.value);
  const text = question.querySelector("textarea");
  if (text) return Boolean(text.value.trim()) || Boolean(question.querySelector("[name=keep]:checked"));
  const strong = [...question.querySelectorAll("[data-category]")].every(
    (row) =>
      !row.querySelector("[type=checkbox]").checked ||
      !row.querySelector("[type=radio]") ||
      row.querySelector("[type=radio]:checked"),
  );
  return strong && Boolean(question.querySelector("input:checked"));
}

/** What was said to be missing goes when it is there. */
function takeOff(question) {
  const box = document.querySelector("#answer-problems > *");
  if (!box || !isDone(question)) return;
  for (const entry of box.querySelectorAll("li")) if (entry.dataset.missing === question.dataset.question) entry.remove();
  if (!box.querySelector("li")) box.remove();
}

/** The next question without an answer, after this one and then from the start. */
function nextOpen(from) {
  const all = asked();
  const start = all.indexOf(from) + 1;
  return [...all.slice(start), ...all.slice(0, Math.max(0, start - 1))].find((question) => !isDone(question));
}

/** The field to write in keeps its key wherever one is, where there is no other. */
const keepsItsKey = (element) =>
  element.matches(".own-words") && form().querySelectorAll("[data-question] .own-words").length === 1;

/** Give the printed keys to this question. Where it is shown, `respite:here` says so to it. */
export function goTo(question, { show = true } = {}) {
  if (!question || question === at) return;
  at?.setAttribute("data-visited", "");
  at = question;
  for (const each of questions()) {
    each.toggleAttribute("data-here", each === question);
    for (const element of each.querySelectorAll("[data-key], [data-idle-key]")) {
      if (keepsItsKey(element)) continue;
      if (each === question && element.dataset.idleKey) {
        element.dataset.key = element.dataset.idleKey;
        delete element.dataset.idleKey;
      } else if (each !== question && element.dataset.key) {
        element.dataset.idleKey = element.dataset.usual ?? element.dataset.key;
        delete element.dataset.key;
      }
    }
  }
  document.dispatchEvent(new Event("respite:question"));
  if (!show) return;
  question.dispatchEvent(new Event("respite:here", { bubbles: true }));
  question.scrollIntoView({ block: "nearest" });
  // With the focus a screen reader says the question by itself.
  if (!question.contains(document.activeElement)) {
    document.getElementById("announcer").textContent = question.querySelector("legend").textContent.trim();
  }
}

function begin() {
  const own = form();
  if (!own) return;
  own.toggleAttribute("data-many", questions().length > 1);
  follow();
  if (!at?.isConnected) {
    at = null;
    goTo(asked().find((question) => !isDone(question)) ?? asked()[0], { show: false });
  }
  printEnter();
}

/** The person's own switch, which the server keeps: an answer is chosen first and saved by Enter. */
const choosesFirst = () => document.documentElement.dataset.oneKey === "off";

// A printed key presses the label, and so does a mouse or a finger. Arrows inside the group of buttons, which move from
// one to the next, change the button itself: those only choose.
let pressed = false;
document.addEventListener("click", (event) => {
  if (event.target.matches("input") || !event.target.closest("form[data-answers] label")) return;
  pressed = true; // the button's own click and change follow at once
  setTimeout(() => (pressed = false), 0);
}, true);

document.addEventListener("change", (event) => {
  const question = event.target.closest("form[data-answers] [data-question]");
  if (!question) return;
  follow();
  takeOff(question);
  if (at?.hidden) goTo(asked()[0], { show: false });
  if (!event.target.name?.startsWith("choice:")) return;
  if (form().hasAttribute("data-one-key")) {
    if (pressed && !choosesFirst()) form().requestSubmit();
  } else if (pressed) {
    goTo(nextOpen(question));
  }
});

for (const type of ["focusin", "pointerdown"]) {
  document.addEventListener(type, (event) => {
    goTo(event.target.closest?.("form[data-answers] [data-question]"), { show: false });
  });
}

document.addEventListener("click", (event) => {
  const step = Number(event.target.closest("[data-move]")?.dataset.move);
  if (!step) return;
  const all = asked();
  goTo(all[(all.indexOf(at) + step + all.length) % all.length]);
});

/** What is still open below, once this question is answered or may stay empty. */
function below() {
  if (!at?.isConnected || !(isDone(at) || at.hasAttribute("data-optional"))) return null;
  const next = nextOpen(at);
  return next && at.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING ? next : null;
}

/** On to what is still open below; true when there was something. What was passed over, saving says is missing. */
export function goOn() {
  const next = below();
  at?.setAttribute("data-visited", "");
  if (next) goTo(next);
  else printEnter();
  return Boolean(next);
}

/** Enter stands on what it does: it saves, or goes on. */
function printEnter() {
  const leads = Boolean(below());
  for (const words of document.querySelectorAll("[data-enter-leads]")) words.hidden = !leads;
  document.querySelector("form[data-answers] .foot [data-key='Enter'] kbd")?.toggleAttribute("hidden", leads);
}
for (const name of ["input", "change", "respite:question"]) {
  document.addEventListener(name, () => setTimeout(printEnter, 0)); // after what else hears it
}

document.addEventListener("respite:key", (event) => {
  if (event.detail.key === "Enter" && at?.isConnected && goOn()) event.preventDefault();
});

/** The keys belong to the first question that is said to lack something; what is said stays where it is on the screen. */
function toMissing() {
  const first = asked().find(({ dataset }) => document.querySelector(`#answer-problems [data-missing="${CSS.escape(dataset.question)}"]`));
  if (!first) return;
  goTo(first, { show: false });
  first.dispatchEvent(new Event("respite:here", { bubbles: true }));
}

document.addEventListener("htmx:afterSettle", (event) => {
  begin();
  if (event.detail.target?.id === "answer-problems") toMissing();
});
begin();
