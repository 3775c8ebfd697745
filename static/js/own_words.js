// Questions in one's own words. What is typed there is lost, or presses keys, until the field has the keyboard: it gets it
// from whoever comes by keys or mouse. A finger would get a keyboard over half of its screen, which it did not ask for.
import { goOn } from "./questions.js";

const FIELD = "form[data-answers] textarea";
const isEmpty = (field) => !field.value.trim();

let byFinger = false;
document.addEventListener("pointerdown", (event) => (byFinger = event.pointerType === "touch"), true);
document.addEventListener("keydown", () => (byFinger = false), true);
document.addEventListener("respite:here", (event) => {
  const field = event.target.querySelector("textarea");
  if (byFinger || !field) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length); // on with what stands there
});

// Esc leaves the field, Ctrl + Enter goes on or saves. In an empty one Enter alone does, as outside of it.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(FIELD)) return;
  if (event.key === "Escape") {
    if (!event.isComposing && event.keyCode !== 229) event.target.blur(); // and goes on to stop.js
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || isEmpty(event.target)) && !event.isComposing) {
    event.preventDefault();
    if (event.repeat) return; // the key that led here is still down
    const { form } = event.target;
    event.target.blur();
    if (!goOn()) form.requestSubmit();
  }
}, true);

// What is written anew stands instead of what was kept unseen: its box says so while one writes, and rests.
function choose(field) {
  const box = field.closest("[data-question]").querySelector("[name=keep]");
  if (!box) return;
  box.checked = isEmpty(field);
  box.disabled = !isEmpty(field);
}
for (const field of document.querySelectorAll(FIELD)) if (!isEmpty(field)) choose(field);

// A draft is kept while one writes, not only when one leaves the field.
document.addEventListener("input", (event) => {
  if (!event.target.matches(FIELD)) return;
  choose(event.target);
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
