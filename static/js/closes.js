// Esc first closes what is open over the form or beside it. That is seen here before it is closed: whatever else Esc takes
// back asks whether this press had something to close.
const OPEN = "dialog[open], details[data-menu][open], #guideline:not([hidden])";
let closes = false;

window.addEventListener("keydown", () => {
  closes = Boolean(document.fullscreenElement || document.querySelector(OPEN));
}, true);

export const escCloses = () => closes;
