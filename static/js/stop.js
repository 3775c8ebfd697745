// Stop: the page is blank before anything is sent. Esc twice within 600 ms outside a text field, or the button.
import { post } from "./csrf.js";
import { isText } from "./keys.js";

const WITHIN = 600; // ms between the two presses
const AGAIN = 2000; // ms before the next try while the line is down
let last = -Infinity;

function blank() {
  const main = document.createElement("main");
  main.id = "main";
  main.className = "breath";
  const title = document.createElement("h1");
  title.textContent = "Stopped";
  const text = document.createElement("p");
  text.className = "small";
  text.setAttribute("role", "status");
  text.textContent = "Nothing is open any more.";
  main.append(title, text);
  document.body.replaceChildren(main);
  document.title = "Respite";
  return text;
}

async function tell(url, text) {
  try {
    const answer = await post(url, undefined, { keepalive: true });
    window.location.replace(answer.ok ? answer.url : "/");
  } catch {
    text.textContent = "Nothing is open any more. The line is down; your break is noted as soon as it is back.";
    setTimeout(() => tell(url, text), AGAIN);
  }
}

function stop() {
  const form = document.querySelector("form[data-stop]");
  if (!form) return;
  document.dispatchEvent(new Event("respite:leaving")); // A draft is sent first, so that it is kept.
  tell(form.action, blank());
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
