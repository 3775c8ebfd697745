// An order by keys: each press gives the next place; pressing a completion again takes it out.

const rows = (ranks) => [...ranks.querySelectorAll("[data-letter]")];
const select = (row) => row.querySelector("select");
const place = (row) => Number(select(row).value) || 0;
const said = (row) => `${row.querySelector("[data-rank] span").textContent.trim()}: ${select(row).selectedOptions[0].textContent}`;

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

document.addEventListener("click", (event) => {
  const question = event.target.closest("form[data-answers] [data-question]");
  if (!question) return;
  const level = event.target.closest("[data-rank-level]");
  if (level) level.setAttribute("aria-pressed", String(level.getAttribute("aria-pressed") !== "true"));
  else if (event.target.closest("[data-rank-clear]")) for (const row of rows(question)) set(row, 0);
  else if (event.target.closest("[data-rank]")) press(event.target.closest("[data-letter]"));
  else return;
  if (event.detail > 0) document.activeElement?.blur(); // a mouse leaves no focus, so Enter keeps its printed meaning
});
