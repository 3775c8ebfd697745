// What the page before this one typed and could not send: given to the server, and shown. Brought where a tab holds some.
import { post } from "./csrf.js";
import { STORE, showDraft } from "./save.js";

async function bringBack() {
  const [url, typed] = JSON.parse(sessionStorage.getItem(STORE));
  if (document.querySelector("form[data-answers]")?.dataset.draftUrl !== url) {
    sessionStorage.removeItem(STORE);
    return;
  }
  const draft = new FormData();
  for (const [name, value] of typed) draft.append(name, value);
  try {
    if (!(await post(url, draft)).ok) return;
  } catch {
    return; // It waits for the next time the page is opened.
  }
  sessionStorage.removeItem(STORE);
  showDraft();
}
bringBack();
