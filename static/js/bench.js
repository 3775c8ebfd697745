// The workbench.
import "./conceal.js";
import "./countdown.js";
import "./answers.js";
import "./save.js";
import "./focus.js";
