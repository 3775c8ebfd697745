// A table that is wider than its place scrolls sideways. A shade at an edge says that there is more behind it; in words
// it is a region with a name that can have the focus, so that arrows scroll it.

function mark(box) {
  const place = box.getBoundingClientRect();
  const table = box.querySelector("table")?.getBoundingClientRect();
  const sides = [];
  if (table && table.left < place.left - 1) sides.push("before");
  if (table && table.right > place.right + 1) sides.push("after");
  box.dataset.more = sides.join(" ");
}

const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));

function watch() {
  for (const box of document.querySelectorAll(".table-scroll:not([data-more])")) {
    mark(box);
    sizes.observe(box);
    box.addEventListener("scroll", () => mark(box), { passive: true });
  }
}

document.addEventListener("htmx:load", watch);
watch();
