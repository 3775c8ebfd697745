// Stop: the page is blank before anything is sent. Esc twice within 600 ms outside a text field, or the button.
import { post } from "./csrf.js";
import { isText } from "./keys.js";

const WITHIN = 600; // ms between the two presses
const AGAIN = 2000; // ms before the next try while the line is down
let last = -Infinity;

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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat || isText(event.target)) {
    if (event.key !== "Escape") last = -Infinity;
    return;
  }
  if (event.timeStamp - last <= WITHIN) stop();
  last = event.timeStamp;
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-stop]")) return;
  event.preventDefault();
  stop();
});
