// The workbench.
import "./conceal.js";
import "./countdown.js";
import "./answers.js";
import "./save.js";
import "./drawer.js";
import "./beside.js";
import "./focus.js";

// A reload begins at the top: the card is there, and what was below it may not be.
history.scrollRestoration = "manual";
