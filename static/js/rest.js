// The break page.
import "./countdown.js";

// What is offered for a while only: moving a break that is due.
for (const element of document.querySelectorAll("[data-while-seconds]")) {
  setTimeout(() => (element.hidden = true), Number(element.dataset.whileSeconds) * 1000);
}

// What moving it gives becomes less with each minute: the button says so in the words that came with it.
for (const element of document.querySelectorAll("[data-labels]")) {
  const labels = element.dataset.labels.split("|");
  const button = element.querySelector("button");
  labels.slice(1).forEach((label, index) => {
    const seconds = Number(element.dataset.givesSeconds) - 60 * (labels.length - 1 - index);
    setTimeout(() => (button.textContent = label), seconds * 1000);
  });
}

// The longer break comes due during this one: the page says so then, before somebody presses "Go on now" in vain.
for (const element of document.querySelectorAll("[data-longer-seconds]")) {
  setTimeout(() => window.location.reload(), Number(element.dataset.longerSeconds) * 1000);
}
