// Every page. An entry like this one is loaded by its hashed name and never imported: a module that is both would run
// twice in production.
import "./csrf.js";
import "./header.js";
import "./keys.js";
import "./refused.js";
import "./stop.js";
import "./tables.js";

document.documentElement.dataset.scripts = "on"; // shows `.script-only`, hides `.no-script`

// What save.js keeps in the tab over a reload may quote an item. Where there is no form for it, it is too late.
try {
  if (!document.querySelector("#bench, [data-draft-url]")) sessionStorage.removeItem("respite-draft");
} catch {
  // A browser that keeps nothing has kept nothing.
}
