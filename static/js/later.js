// What few tasks need comes with the first task that has something for it, so that every first page stays light.
const LATER = [
  ["[data-ranks]", "./ranking.js"],
  ["[data-kind=spans]", "./spans.js"],
  ["[data-picture]", "./picture.js"],
];

function bring() {
  for (const [what, module] of LATER) if (document.querySelector(what)) import(module);
}

for (const name of ["htmx:afterSettle", "respite:swapped"]) document.addEventListener(name, bring);
bring();
