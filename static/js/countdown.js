// Clocks that only repeat what the server said: the quiet last seconds of a view, and the clock of a break.

const QUIET_UNTIL = 10; // seconds: before that no time is shown

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Seconds that are left, from the server's number and the slower of two clocks: a laptop that slept is not early. */
function counter(seconds) {
  const started = performance.now();
  const day = Date.now();
  return () => seconds - Math.max(performance.now() - started, Date.now() - day) / 1000;
}

function runWindow(element) {
  const left = counter(Number(element.dataset.secondsLeft));
  const words = element.querySelector("[data-left]");
  const timer = setInterval(() => {
    if (!element.isConnected || element.dataset.quiet === "over") return clearInterval(timer);
    const seconds = Math.ceil(left());
    if (seconds <= 0) {
      clearInterval(timer);
      document.dispatchEvent(new Event("respite:time-over"));
    } else if (seconds <= QUIET_UNTIL) {
      if (element.hasAttribute("data-quiet")) {
        element.removeAttribute("data-quiet");
        document.dispatchEvent(new Event("respite:head"));
        document.getElementById("announcer").textContent = element.dataset.sayTen;
      }
      words.textContent = element.dataset.leftWords.replace("{seconds}", seconds);
    }
  }, 250);
}

function runBreak(element) {
  const left = counter(Number(element.dataset.breakSeconds));
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil(left()));
    element.textContent = clock(seconds);
    if (seconds > 0) return;
    clearInterval(timer);
    window.location.reload(); // The server says whether it is over.
  }, 500);
}

function start(root) {
  for (const element of root.querySelectorAll("[data-seconds-left]")) {
    if (element.dataset.running) continue;
    element.dataset.running = "yes";
    runWindow(element);
  }
}

document.addEventListener("htmx:load", () => start(document));
start(document);
for (const element of document.querySelectorAll("[data-break-seconds]")) runBreak(element);
