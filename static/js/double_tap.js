// The second of two quick taps was meant for what the first one pressed. If a reply has come in between, something else may
// lie under the finger by then: the next item must not be shown, or answered, by it. Keys always say which they mean.

const QUICK = 600; // ms between the two
const NEAR = 32; // px between them

let last = null; // the press before: when and where
let isSecond = false; // whether the press that is under way comes so soon after it, and there
let changedAt = -Infinity;

for (const name of ["htmx:afterSwap", "respite:swapped"]) {
  document.addEventListener(name, () => (changedAt = performance.now()));
}
document.addEventListener("pointerdown", ({ timeStamp, clientX, clientY }) => {
  isSecond =
    last !== null &&
    changedAt > last.at &&
    timeStamp - last.at < QUICK &&
    Math.hypot(clientX - last.x, clientY - last.y) < NEAR;
  last = { at: timeStamp, x: clientX, y: clientY };
}, true);
document.addEventListener("keydown", () => (isSecond = false), true);
document.addEventListener("click", (event) => {
  if (!isSecond || !event.target.closest?.("#bench")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
