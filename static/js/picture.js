// A picture: larger and smaller within the page, the whole screen, and arrows from tile to tile. The bytes stay the same.

const MOST = 4;
const COLUMNS = 4;
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
let zoom = 1;
let place = 0; // where the arrows are, from 0
let fromTiles = false;
let size = null; // of the last file, with its task: the next one has the same shape before it is there
let scrolled = null;

const picture = () => document.querySelector("[data-picture]");

const task = () => document.getElementById("stimulus")?.dataset.concealUrl;

document.addEventListener("load", ({ target }) => {
  if (target.matches?.(".picture-paper > img")) show();
}, true);

function show() {
  const found = picture();
  if (!found) {
    zoom = 1;
    place = 0;
    if (document.fullscreenElement) document.exitFullscreen();
    return;
  }
  found.dataset.zoom = zoom;
  const image = found.querySelector(".picture-paper > img");
  if (image.naturalWidth) size = { task: task(), width: image.naturalWidth, height: image.naturalHeight };
  if (size?.task === task()) {
    if (!image.complete) [image.width, image.height] = [size.width, size.height];
    image.parentElement.style.setProperty("--shape", size.width / size.height);
  }
  found.querySelector("[data-picture-tools]").hidden = false;
  found.querySelector("[data-zoom-in]").disabled = zoom === MOST;
  found.querySelector("[data-zoom-out]").disabled = zoom === 1;
  found.querySelector("[data-whole-screen]").hidden = !document.fullscreenEnabled;
  for (const words of found.querySelectorAll("[data-words-whole]")) {
    words.hidden = (words.dataset.wordsWhole === "on") !== Boolean(document.fullscreenElement);
  }
}

document.addEventListener("click", (event) => {
  const found = picture();
  if (!found || !event.target.closest) return;
  if (event.target.closest("[data-zoom-in]")) zoom = Math.min(MOST, zoom + 1);
  else if (event.target.closest("[data-zoom-out]")) zoom = Math.max(1, zoom - 1);
  else if (event.target.closest("[data-whole-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.getElementById("bench")?.requestFullscreen?.().catch(() => {}); // what stays through the steps
    if (event.detail > 0) document.activeElement?.blur(); // Space asks for more time there too
  } else {
    const tile = event.target.closest(".tiles button");
    if (tile) {
      place = [...tile.parentElement.querySelectorAll("button, img")].indexOf(tile);
      fromTiles = true;
    }
    return;
  }
  show();
});

document.addEventListener("keydown", (event) => {
  const by = ARROWS[event.key];
  const tiles = document.querySelector(".tiles");
  if (!by || !tiles || !tiles.contains(document.activeElement)) return;
  const all = [...tiles.querySelectorAll("button, img")];
  let next = all.indexOf(document.activeElement) + by;
  while (all[next] && all[next].tagName !== "BUTTON") next += by;
  if (!all[next]) return;
  event.preventDefault();
  place = next;
  all[next].focus();
});

document.addEventListener("htmx:beforeSwap", () => {
  const box = picture()?.querySelector(".picture-box");
  scrolled = box && { left: box.scrollLeft, top: box.scrollTop };
});
document.addEventListener("htmx:afterSwap", () => {
  show();
  if (scrolled) picture()?.querySelector(".picture-box").scrollTo({ ...scrolled, behavior: "instant" });
});
document.addEventListener("htmx:afterSettle", () => {
  if (!fromTiles) return;
  fromTiles = false;
  const all = [...document.querySelectorAll(".tiles button, .tiles img")];
  const next = all.slice(place).concat(all).find((tile) => tile.tagName === "BUTTON");
  next?.focus({ preventScroll: true });
});
document.addEventListener("respite:swapped", show);
document.addEventListener("fullscreenchange", show);
show();
