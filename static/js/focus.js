// After each reply the page says what is there now, and the keyboard starts from it.

const announce = (words) => {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
};

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.target?.isConnected ? event.detail.target : document.getElementById("bench");
  // What is inside comes first: the drawer itself is only where nothing in it asks for the keyboard.
  const place = root?.querySelector?.("[data-focus]") ?? (root?.matches?.("[data-focus]") ? root : null);
  if (!place) return;
  place.focus({ preventScroll: !place.hasAttribute("data-scroll") });
  if (place.dataset.say) announce(place.dataset.say);
});

// Opening a small menu of choices puts the keyboard on the first one.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details[data-choices][open]")) event.target.querySelector("button:not(summary)")?.focus();
}, true);
