// After each reply the page says what is there now, and the keyboard starts from it.

const announce = (words) => {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
};

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.target?.isConnected ? event.detail.target : document.getElementById("bench");
  const place = root?.matches?.("[data-focus]") ? root : root?.querySelector?.("[data-focus]");
  if (!place) return;
  place.focus({ preventScroll: !place.hasAttribute("data-scroll") });
  if (place.dataset.say) announce(place.dataset.say);
});

// The guideline opens beside the task and closes with the same key.
document.addEventListener("click", (event) => {
  const drawer = document.getElementById("guideline");
  if (event.target.closest("[data-close-guideline]")) {
    event.preventDefault();
    event.stopPropagation();
    drawer.replaceChildren();
    drawer.hidden = true;
  }
}, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  const drawer = document.getElementById("guideline");
  if (event.target.matches("[data-guideline]") && !drawer.hidden) {
    event.preventDefault();
    drawer.replaceChildren();
    drawer.hidden = true;
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "guideline") event.detail.target.hidden = false;
});

// Opening a small menu of choices puts the keyboard on the first one.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details[data-choices][open]")) event.target.querySelector("button:not(summary)")?.focus();
}, true);
