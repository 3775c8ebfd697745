// An order by keys: each press gives the next place; pressing a completion again takes it out. When all have a place the
// keys go on to what is open, as after a choice: the next digit is meant for that, and would take one out here. The same
// place for two is said before the second of them, so nothing is left to say about an order that is whole.
import { goOn } from "./questions.js";

const rows = (ranks) => [...ranks.querySelectorAll("[data-letter]")];
const select = (row) => row.querySelector("select");
const place = (row) => Number(select(row).value) || 0;
const inWords = (option) => option.getAttribute("aria-label") ?? option.textContent; // "–" is no place yet
const said = (row) => `${row.querySelector("[data-rank] span").textContent.trim()}: ${inWords(select(row).selectedOptions[0])}`;

function set(row, value) {
  select(row).value = value ? String(value) : "";
  select(row).dispatchEvent(new Event("change", { bubbles: true }));
}

function press(row) {
  const question = row.closest("[data-question]");
  const level = question.querySelector("[data-rank-level]");
  const all = rows(row.closest("[data-ranks]"));
  if (place(row)) {
    const gone = place(row);
    set(row, 0);
    const shared = all.some((other) => place(other) === gone);
    for (const other of all) if (!shared && place(other) > gone) set(other, place(other) - 1);
  } else {
    const last = Math.max(0, ...all.map(place));
    const same = level?.getAttribute("aria-pressed") === "true" && last;
    set(row, same ? last : last + 1);
    level?.setAttribute("aria-pressed", "false");
  }
  document.getElementById("announcer").textContent = said(row);
}

/** What was placed last is said before the question that comes. */
function goOnFrom(row) {
  if (!rows(row.closest("[data-ranks]")).every(place)) return;
  const announcer = document.getElementById("announcer");
  const placed = announcer.textContent;
  if (goOn() && announcer.textContent !== placed) announcer.textContent = `${placed}. ${announcer.textContent}`;
}

document.addEventListener("click", (event) => {
  const question = event.target.closest("form[data-answers] [data-question]");
  if (!question) return;
  const level = event.target.closest("[data-rank-level]");
  const row = event.target.closest("[data-rank]")?.closest("[data-letter]");
  if (level) level.setAttribute("aria-pressed", String(level.getAttribute("aria-pressed") !== "true"));
  else if (event.target.closest("[data-rank-clear]")) for (const each of rows(question)) set(each, 0);
  else if (row) press(row);
  else return;
  if (event.detail > 0) document.activeElement?.blur(); // a mouse leaves no focus, so Enter keeps its printed meaning
  const stays = event.isTrusted && event.detail === 0; // pressed by Enter or Space: the focus is on it, and remains
  if (row && !stays) goOnFrom(row);
});
