// Nothing that was answered is lost: drafts are kept on the server as one goes, and a save that did not get through
// is sent again, unchanged, until it does. The words stand on #save-state, in the page's language.
import { post } from "./csrf.js";
import { conceal } from "./conceal.js";

const PAUSE = 600; // ms without a change before a draft is sent
const TRIES = [2000, 4000, 8000, 15000]; // ms before each further try; the last repeats
export const STORE = "respite-draft"; // what this tab typed and the server may not have; gone with the tab
let dirty = null; // the form with changes that the server has not confirmed
let changes = 0;
let timer;
let tries = 0;
let again;

const answers = (element) => element?.closest?.("form[data-answers]");

async function sendDraft(keepalive = false) {
  clearTimeout(timer);
  const form = dirty;
  if (!form?.dataset.draftUrl) return;
  const sent = changes;
  try {
    const answer = await post(form.dataset.draftUrl, new FormData(form), { keepalive });
    if (answer.ok && sent === changes && dirty === form) dirty = null;
  } catch {
    // Sent with the next change, or when the line is back.
  }
}

document.addEventListener("change", (event) => {
  const form = answers(event.target);
  if (!form) return;
  dirty = form;
  changes += 1;
  clearTimeout(timer);
  timer = setTimeout(sendDraft, PAUSE);
});
document.addEventListener("respite:leaving", () => sendDraft(true));

// A reload is answered before the last draft of the page that goes away arrives: what it may lack waits in the tab.
let returning = false; // this page goes away only to come back with that draft
function keep() {
  if (returning || !dirty?.isConnected || !dirty.dataset.draftUrl) return;
  const typed = [...new FormData(dirty)].filter(([name]) => name !== "csrfmiddlewaretoken");
  try {
    sessionStorage.setItem(STORE, JSON.stringify([dirty.dataset.draftUrl, typed]));
  } catch {
    // A browser that keeps nothing: the server has all but the last moment.
  }
}
window.addEventListener("beforeunload", keep); // A draft that is under way now may still be later than the reload.
window.addEventListener("pagehide", () => {
  keep();
  if (!returning) sendDraft(true);
});

/** Load the page once more, to show a draft that the server has now. */
export function showDraft() {
  returning = true; // Browsers fill in a reloaded form by themselves, which looks like a change.
  window.location.reload();
}

/** Say one of the sentences that the page brought: `data-trying`, `data-too-old` … Without a name, nothing. */
function state(name) {
  const line = document.getElementById("save-state");
  if (!line) return;
  line.textContent = name ? line.dataset[name] : "";
  line.hidden = !name;
  if (name) document.dispatchEvent(new Event("respite:head"));
}

/** While a save is on its way again its form rests, so that what is sent is what was answered. */
function rest(form, on) {
  if (form?.isConnected) form.inert = on;
}

function tryAgain(form) {
  conceal(); // The answer is given; there is no need to keep looking while the line is down.
  rest(form, true);
  state("trying");
  clearTimeout(again);
  again = setTimeout(() => form.isConnected && form.requestSubmit(), TRIES[Math.min(tries, TRIES.length - 1)]);
  tries += 1;
}

const temporary = (status) => status === 0 || status >= 500 || status === 429;

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = answers(event.target);
    if (form) tryAgain(form);
    else if (!tries) state("pressAgain");
  });
}
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const form = answers(event.target);
  if (form && temporary(status)) return tryAgain(form);
  rest(form, false);
  state(status === 403 ? "tooOld" : status === 404 ? "gone" : "pressAgain");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!answers(event.target)) return;
  clearTimeout(timer);
  clearTimeout(again);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  const form = answers(event.target);
  if (form) {
    tries = 0;
    dirty = null;
    rest(form, false);
  } else if (tries && document.querySelector("form[data-answers]")?.inert) {
    return; // Something else got through; the answer is still to be saved.
  }
  state();
});
window.addEventListener("online", () => {
  const form = document.querySelector("form[data-answers]");
  if (tries && form?.inert) form.requestSubmit();
  else sendDraft();
});
try {
  if (sessionStorage.getItem(STORE)) import("./bring_back.js");
} catch {
  // A browser that keeps nothing has nothing to bring back.
}
