// Copy what stands in a field. Where the browser lets no page copy, the field is marked: keys or a finger do the rest.

function copyByHand(field) {
  field.focus();
  field.select();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  said.textContent = ""; // said twice, it is heard twice
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = button.dataset.copied;
  } catch {
    copyByHand(field);
    said.textContent = button.dataset.byHand;
  }
});
