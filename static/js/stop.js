// Stop: the page is blank before anything is sent. Esc twice, wherever one is (docs/adr/0028), or the button.
import { post } from "./csrf.js";

const WITHIN = 600; // ms between the two presses
const AGAIN = 2000; // ms before the next try while the line is down
let last = -Infinity;
let clicked = 0;

/** The words stand on the form of the button, in the page's language. */
function blank(words) {
  const main = document.createElement("main");
  main.id = "main";
  main.className = "breath";
  const title = document.createElement("h1");
  title.textContent = words.title;
  const text = document.createElement("p");
  text.className = "small";
  text.setAttribute("role", "status");
  text.textContent = words.closed;
  main.append(title, text);
  document.body.replaceChildren(main);
  document.title = "Respite";
  return text;
}

async function tell(url, text, words) {
  try {
    const answer = await post(url, undefined, { keepalive: true });
    window.location.replace(answer.ok ? answer.url : "/");
  } catch {
    text.textContent = words.lineDown;
    setTimeout(() => tell(url, text, words), AGAIN);
  }
}

function stop() {
  const form = document.querySelector("form[data-stop]");
  if (!form) return;
  document.dispatchEvent(new Event("respite:leaving")); // A draft is sent first, so that it is kept.
  const words = { ...form.dataset }; // the form goes with the page
  tell(form.action, blank(words), words);
}

// The first may leave a field or close what is open. One for an input method is none (229: Safari).
document.addEventListener("keydown", ({ key, keyCode, repeat, isComposing, timeStamp }) => {
  if (repeat || isComposing || keyCode === 229) return;
  if (key === "Escape" && timeStamp - last <= WITHIN) stop();
  last = key === "Escape" ? timeStamp : -Infinity;
});

// A picture on the whole screen lies over the page's own button, and the Esc that leaves it is the browser's; F clicks.
document.addEventListener("click", (event) => {
  clicked = event.timeStamp;
  if (event.target.closest?.("[data-stop-button]")) stop();
});
document.addEventListener("fullscreenchange", ({ timeStamp }) => {
  if (timeStamp - clicked > WITHIN) last = timeStamp;
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-stop]")) return;
  event.preventDefault();
  stop();
});
