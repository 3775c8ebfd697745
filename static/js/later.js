// What few tasks need comes with the first task that has something for it, so that every first page stays light. The
// workbench says beforehand what its questions need (`data-kinds`).
const LATER = [
  ["[data-ranks], [data-kinds~=ranking]", "./ranking.js"],
  ["[data-kind=spans], [data-kinds~=spans]", "./spans.js"],
];

function bring() {
  for (const [what, module] of LATER) if (document.querySelector(what)) import(module);
}

for (const name of ["htmx:afterSettle", "respite:swapped"]) document.addEventListener(name, bring);
bring();
