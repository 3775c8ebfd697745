// The header's menus close as one expects, and a theme holds at once; the server keeps it.
import { post } from "./csrf.js";

const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// With Tab one leaves a menu behind, and it would keep the keys. A press on its own words is no leaving.
document.addEventListener("focusout", ({ relatedTarget: next }) => {
  for (const menu of next ? menus() : []) if (!menu.contains(next) && !next.contains(menu)) menu.open = false;
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  const theme = event.target.value;
  document.documentElement.dataset.theme = theme;
  for (const radio of document.querySelectorAll(`[data-theme-form] input[value="${theme}"]`)) radio.checked = true;
  post(form.action, new FormData(form)).catch(() => {}); // The choice holds on this page in any case.
});

// How much of the screen it takes where it stays at the top (css/base.css): what comes into view is not under it.
const header = document.querySelector(".top");
if (header) {
  new ResizeObserver(() => document.documentElement.style.setProperty("--header", `${header.offsetHeight}px`)).observe(header);
}
