// Nothing that was answered is lost: drafts are kept on the server as one goes, and a save that did not get through
// is sent again, unchanged, until it does.
import { post } from "./csrf.js";
import { conceal } from "./conceal.js";

const PAUSE = 600; // ms without a change before a draft is sent
const TRIES = [2000, 4000, 8000, 15000]; // ms before each further try; the last repeats
let dirty = null; // the form with unsaved changes
let timer;
let tries = 0;
let again;

const answers = (element) => element?.closest?.("form[data-answers]");

function sendDraft(keepalive = false) {
  clearTimeout(timer);
  const form = dirty;
  if (!form?.dataset.draftUrl) return;
  dirty = null;
  post(form.dataset.draftUrl, new FormData(form), { keepalive }).catch(() => {
    dirty ??= form; // Sent with the next change.
  });
}

document.addEventListener("change", (event) => {
  const form = answers(event.target);
  if (!form) return;
  dirty = form;
  clearTimeout(timer);
  timer = setTimeout(sendDraft, PAUSE);
});
document.addEventListener("respite:leaving", () => sendDraft(true));
window.addEventListener("pagehide", () => sendDraft(true));

function state(words) {
  const line = document.getElementById("save-state");
  if (!line) return;
  line.textContent = words;
  line.hidden = !words;
}

function tryAgain(form) {
  conceal(); // The answer is given; there is no need to keep looking while the line is down.
  state("Not saved yet. Trying again … You can leave this page open; your answer is still here.");
  clearTimeout(again);
  again = setTimeout(() => form.isConnected && form.requestSubmit(), TRIES[Math.min(tries, TRIES.length - 1)]);
  tries += 1;
}

const temporary = (status) => status === 0 || status >= 500 || status === 429;

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = answers(event.target);
    if (form) tryAgain(form);
    else offline();
  });
}
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const form = answers(event.target);
  if (form && temporary(status)) tryAgain(form);
  else if (status === 403) state("This page is too old to save. Your draft is kept: reload the page, then save again.");
  else if (status === 404) state("This task is no longer yours. Reload the page to go on.");
  else offline();
});

function offline() {
  state("That did not get through. Please press the key again.");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!answers(event.target)) return;
  clearTimeout(timer);
  clearTimeout(again);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  tries = 0;
  state("");
  if (answers(event.target)) dirty = null;
});
window.addEventListener("online", () => {
  const form = document.querySelector("form[data-answers]");
  if (tries && form) form.requestSubmit();
});
