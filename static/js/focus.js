// After each reply the page says what is there now, the keyboard starts from it, and the eye does too.

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

/** How much of the screen the head of the workbench covers while it says something. */
function coveredAbove() {
  const head = document.querySelector(".bench-head");
  return head && getComputedStyle(head).position === "sticky" ? head.offsetHeight : 0;
}
document.addEventListener("respite:head", () => {
  const on = document.activeElement;
  if (on?.tabIndex >= 0 && on.getBoundingClientRect().top < coveredAbove()) on.scrollIntoView({ block: "nearest", behavior: "instant" });
});

/**
 * Scroll to the start of what came, at once, for its clock may run; unless it is on the screen already. What comes with
 * a step starts where the content ended, or it is somewhere in the content.
 */
function bringIntoView(root) {
  const { top, bottom } = (height === null ? root : content(root) ?? root).getBoundingClientRect();
  const grown = height !== null && bottom - top > height + MARGIN;
  const start = grown ? top + height : top;
  const covered = root.id === "bench" ? 0 : coveredAbove();
  const isSeen = height !== null && !grown ? bottom > window.innerHeight / 4 : start >= covered;
  if (!isSeen || start > window.innerHeight / 2) window.scrollBy({ top: start - covered - MARGIN, behavior: "instant" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.target?.isConnected ? event.detail.target : document.getElementById("bench");
  // What is inside comes first: the drawer itself is only where nothing in it asks for the keyboard.
  const place = root?.querySelector?.("[data-focus]") ?? (root?.matches?.("[data-focus]") ? root : null);
  if (!place) return;
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
