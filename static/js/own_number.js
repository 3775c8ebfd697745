// A number of one's own that is written chooses "My own number" in the list beside it; moving the list takes it back.
// The server decides likewise about what the person changed.
for (const number of document.querySelectorAll("[data-own-number]")) {
  const list = document.getElementById(number.dataset.ownNumber);
  const shown = list.value;
  let written = "";
  number.addEventListener("input", () => {
    list.value = number.value ? "own" : shown;
  });
  list.addEventListener("change", () => {
    if (list.value === "own") {
      number.value ||= written;
    } else {
      written = number.value || written;
      number.value = "";
    }
  });
}
