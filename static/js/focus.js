// After each reply the page says what is there now, the keyboard starts from it, and the eye does too.
import { cardIsTouched } from "./still.js";

const announce = (words) => {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
};

const content = (root) => root?.querySelector?.("[data-content]");
const MARGIN = 16; // px above what came
let height = null; // of the content that was open, when only a step of it is asked for
document.addEventListener("htmx:beforeSwap", (event) => {
  height = event.detail.target?.matches?.("#stimulus") ? (content(event.detail.target)?.offsetHeight ?? null) : null;
});

const heightIfSticky = (selector) => {
  const element = document.querySelector(selector);
  return element && getComputedStyle(element).position === "sticky" ? element.offsetHeight : 0;
};
/** How much of the screen the page's header covers: it stays at the top of a small one, but is no part of a whole screen. */
const coveredByHeader = () => (document.fullscreenElement ? 0 : heightIfSticky(".top"));
/** With the head of the workbench, which stays below it while it says something. */
const coveredAbove = () => coveredByHeader() + heightIfSticky(".bench-head");
document.addEventListener("respite:head", () => {
  const on = document.activeElement;
  if (on?.tabIndex >= 0 && on.getBoundingClientRect().top < coveredAbove()) on.scrollIntoView({ block: "nearest", behavior: "instant" });
});

/**
 * Scroll to the start of what came, at once, for its clock may run; unless it is on the screen already. What comes with
 * a step starts where the content ended, or it is somewhere in the content.
 */
function bringIntoView(root) {
  const { top, bottom } = (root.id === "bench" ? root : content(root) ?? root).getBoundingClientRect();
  const grown = height !== null && bottom - top > height + MARGIN;
  const start = grown ? top + height : top;
  const covered = root.id === "bench" ? coveredByHeader() : coveredAbove();
  const isStep = height !== null && !grown; // what is there has changed in its place
  const isSeen = isStep
    ? cardIsTouched() || (bottom > window.innerHeight / 4 && start < window.innerHeight * 0.75)
    : start >= covered && start <= window.innerHeight / 2;
  if (!isSeen) window.scrollBy({ top: start - covered - MARGIN, behavior: "instant" });
}

/** The card that was closed where nobody could see it. */
export function bringCard() {
  const card = document.getElementById("stimulus");
  height = null;
  if (card) bringIntoView(card);
}

document.addEventListener("htmx:afterSettle", (event) => {
  const { target } = event.detail;
  const root = target?.isConnected ? target : (target?.id && document.getElementById(target.id)) || document.getElementById("bench");
  // What is inside comes first: the drawer itself is only where nothing in it asks for the keyboard.
  const place = root?.querySelector?.("[data-focus]") ?? (root?.matches?.("[data-focus]") ? root : null);
  if (!place) {
    if (!target?.isConnected && document.activeElement === document.body) giveBack(null); // what had it is replaced
    return;
  }
  place.focus({ preventScroll: !place.hasAttribute("data-scroll") });
  if (root.closest("#bench")) bringIntoView(root);
  if (place.dataset.say) announce(place.dataset.say);
});

/** Back to what had the keyboard before something opened over the task; else to the card, so that keys reach it. */
export function giveBack(before) {
  const place = before?.isConnected && before !== document.body ? before : document.querySelector("#stimulus [data-focus]");
  if (place) place.focus({ preventScroll: true });
  else document.activeElement?.blur();
}
