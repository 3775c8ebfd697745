// The menus of a task: a problem with the item, someone in danger. Nothing is reported that was not chosen: Enter or Space
// after the key of a menu only closes it, as when somebody types who is in no field. Arrows go to the choices.
import { giveBack } from "./focus.js";

const menuOf = (element) => element?.closest?.("details[data-choices]");
const choices = (menu) => [...menu.querySelectorAll("form button")];
const before = new WeakMap(); // what had the keyboard when a menu opened

document.addEventListener("toggle", ({ target: menu }) => {
  if (!menu.matches?.("details[data-choices]")) return;
  const summary = menu.querySelector("summary");
  if (menu.open) {
    menu.querySelector("form").scrollIntoView({ block: "nearest", behavior: "instant" });
    if (choices(menu).includes(document.activeElement)) return; // somebody was quicker than this event
    before.set(menu, document.activeElement);
    summary.focus({ preventScroll: true });
  } else if (menu.contains(document.activeElement) && before.get(menu) !== summary) {
    giveBack(before.get(menu));
  }
}, true);

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
document.addEventListener("keydown", (event) => {
  const menu = menuOf(event.target);
  if (!menu?.open || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = choices(menu);
  const at = all.indexOf(document.activeElement);
  const step = STEPS[event.key];
  if (step) all[at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length].focus();
  else if (event.key === "Home") all[0].focus();
  else if (event.key === "End") all.at(-1).focus();
  else return;
  event.preventDefault();
});

// Someone in danger: the task stays, so its menu goes, and what became of it is said on the screen and aloud.
document.addEventListener("htmx:afterSwap", (event) => {
  const notice = event.detail.target;
  if (notice?.id !== "notice") return;
  const menu = menuOf(event.detail.requestConfig?.elt);
  if (menu) {
    menu.open = false;
    giveBack();
  }
  notice.scrollIntoView({ block: "nearest", behavior: "instant" });
  document.getElementById("announcer").textContent = notice.textContent.trim();
});
