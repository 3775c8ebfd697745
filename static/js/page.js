// Every page. An entry like this one is loaded by its hashed name and never imported: a module that is both would run
// twice in production.
import "./csrf.js";
import "./header.js";
import "./keys.js";
import "./stop.js";

// What save.js keeps in the tab over a reload may quote an item. On any page but the workbench it is too late for it.
try {
  if (!document.getElementById("bench")) sessionStorage.removeItem("respite-draft");
} catch {
  // A browser that keeps nothing has kept nothing.
}
