// The workbench.
import "./conceal.js";
import "./countdown.js";
import "./answers.js";
import "./save.js";
import "./drawer.js";
import "./beside.js";
import "./focus.js";
import "./menus.js";
import "./picture.js";
