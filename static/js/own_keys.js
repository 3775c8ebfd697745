// My keys. A field takes one key: what stands in it is marked, so that the next key takes its place, and a blank shows
// no more than an empty field does, which names the usual key.
const field = (event) => event.target.closest?.(".own-keys input");

document.addEventListener("focusin", (event) => field(event)?.select());
document.addEventListener("click", (event) => field(event)?.select()); // where a press puts the cursor comes after focus
document.addEventListener("input", (event) => {
  if (field(event)?.value.trim() === "") event.target.value = "";
});
