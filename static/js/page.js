// Every page. An entry like this one is loaded by its hashed name and never imported: a module that is both would run
// twice in production.
import "./csrf.js";
import "./header.js";
import "./keys.js";
import "./stop.js";
