// What not every first page needs comes while the first task is fetched, and for a picture while its closed card is
// read: what is fetched after that would take its time and its line from the view.
const KINDS = {
  categories: "./strengths.js", ranking: "./ranking.js", spans: "./spans.js", rationale: "./own_words.js", correction: "./own_words.js",
};

/** The workbench says beforehand what its questions are (`data-kinds`). */
function bringKinds() {
  if (document.getElementById("bench")) {
    import("./double_tap.js");
    import("./menus.js");
  }
  for (const [kind, module] of Object.entries(KINDS)) {
    if (document.querySelector(`[data-kinds~=${kind}], [data-kind=${kind}]`)) import(module);
  }
}

function bring() {
  if (document.querySelector("[data-picture], [data-comes=picture]")) import("./picture.js");
  if (document.querySelector("#stimulus, form[data-answers]")) bringKinds();
}

document.addEventListener("htmx:beforeRequest", bringKinds, { once: true });
for (const name of ["htmx:afterSettle", "respite:swapped"]) document.addEventListener(name, bring);
bring();
