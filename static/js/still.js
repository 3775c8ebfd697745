// What somebody is answering stays where it is on the screen while the card above it changes: another button must not
// come under a finger.

let touched = null; // what a mouse or finger pressed last; a key makes it the past
let onCard = false; // whether that was on the card, which may have been replaced since

const touch = (element) => {
  touched = element;
  onCard = Boolean(element?.closest?.("#stimulus"));
};
document.addEventListener("pointerdown", (event) => touch(event.target), true);
document.addEventListener("keydown", () => touch(null), true);

const card = () => document.getElementById("stimulus");
const top = (element) => element.getBoundingClientRect().top;

function isOnScreen(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < window.innerHeight;
}

/** Whether the last press was on the card: then it is the card that one looks at. */
export const cardIsTouched = () => onCard;

/** The form, unless one has not come so far; else what was touched last, if it is on the screen and no part of the card. */
function answered() {
  if (document.fullscreenElement) return null;
  const form = document.getElementById("answers");
  if (form && top(form) < window.innerHeight) return form;
  const isApart = (element) => element?.isConnected && !element.contains(card()) && !card()?.contains(element);
  return [touched, document.activeElement].find((each) => isApart(each) && isOnScreen(each));
}

/** The browser moves the page by itself while a card comes in place of another, and the wrong way. Not for this moment. */
function rest() {
  const root = document.documentElement;
  root.setAttribute("data-still", "");
  requestAnimationFrame(() => requestAnimationFrame(() => root.removeAttribute("data-still")));
}

/** Remember where it is. Gives what puts it back there after the change, and says whether there was anything. */
export function hold() {
  rest();
  const place = answered();
  const before = place && top(place);
  return () => {
    if (!place?.isConnected) return false;
    window.scrollBy({ top: top(place) - before, behavior: "instant" });
    const missing = before - top(place); // at the start of the page: the closed card keeps so much of its height
    const closed = card()?.querySelector(".closed");
    if (closed && missing > 0) closed.style.minHeight = `${closed.offsetHeight + missing}px`;
    return true;
  };
}

// A step or a reveal by key: who is at the form keeps it, and focus.js brings what came where it is not seen.
let putBack = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  putBack = null;
  if (!event.detail.shouldSwap || event.detail.target?.id !== "stimulus") return;
  if (onCard) rest();
  else putBack = hold();
});
document.addEventListener("htmx:afterSettle", () => {
  putBack?.();
  putBack = null;
});
