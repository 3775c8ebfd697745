// A picture: larger and smaller within the page, the whole screen, and arrows from tile to tile. The bytes stay the same.

const MOST = 4;
const COLUMNS = 4;
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
let zoom = 1;
let place = 0; // where the arrows are, from 0
let fromTiles = false;

const picture = () => document.querySelector("[data-picture]");

function show() {
  const found = picture();
  if (!found) {
    zoom = 1;
    place = 0;
    if (document.fullscreenElement) document.exitFullscreen();
    return;
  }
  found.dataset.zoom = zoom;
  found.querySelector("[data-picture-tools]").hidden = false;
}

document.addEventListener("click", (event) => {
  const found = picture();
  if (!found || !event.target.closest) return;
  if (event.target.closest("[data-zoom-in]")) zoom = Math.min(MOST, zoom + 1);
  else if (event.target.closest("[data-zoom-out]")) zoom = Math.max(1, zoom - 1);
  else if (event.target.closest("[data-whole-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else found.requestFullscreen?.().catch(() => {});
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

document.addEventListener("htmx:afterSettle", () => {
  show();
  if (!fromTiles) return;
  fromTiles = false;
  const all = [...document.querySelectorAll(".tiles button, .tiles img")];
  const next = all.slice(place).concat(all).find((tile) => tile.tagName === "BUTTON");
  next?.focus({ preventScroll: true });
});
document.addEventListener("respite:swapped", show);
show();
