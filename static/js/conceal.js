// Content leaves the page the moment nobody looks at it: another tab, another window, the end of its time. The form
// stays. The server closes the view at the end of its time even if it never hears of this.
import { post } from "./csrf.js";
import { bringCard } from "./focus.js";
import { hold } from "./still.js";

let away = document.hidden;

function tell(url) {
  post(url, undefined, { keepalive: true }).catch(() => {}); // The server's own clock does it then.
}

/** Take the content off the page and tell the server. Safe to call at any time. */
export function conceal() {
  const stimulus = document.getElementById("stimulus");
  if (stimulus?.dataset.state !== "open") return;
  const wasWhole = Boolean(document.fullscreenElement); // picture.js leaves it
  const putBack = hold();
  const closed = stimulus.querySelector("template[data-closed]").content.cloneNode(true);
  stimulus.dataset.state = "closed";
  stimulus.replaceChildren(closed);
  document.getElementById("window")?.setAttribute("data-quiet", "over");
  window.htmx?.process(stimulus);
  document.dispatchEvent(new Event("respite:swapped"));
  if (!putBack()) bringCard();
  if (wasWhole) document.addEventListener("fullscreenchange", bringCard, { once: true });
  tell(stimulus.dataset.concealUrl);
}

function leave() {
  away = true;
  conceal();
}
function comeBack() {
  away = document.hidden;
}

document.addEventListener("visibilitychange", () => (document.hidden ? leave() : comeBack()));
window.addEventListener("blur", leave);
window.addEventListener("focus", comeBack);
window.addEventListener("pagehide", leave);
document.addEventListener("respite:leaving", conceal);
document.addEventListener("respite:time-over", conceal);

// A page that comes back from the browser's own cache could carry anything: ask the server instead.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// An answer that arrives after somebody looked away is not put on the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const url = event.detail.xhr.getResponseHeader("Respite-Shown");
  if (!url || !away) return;
  event.detail.shouldSwap = false;
  tell(url);
});
