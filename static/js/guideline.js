// The guideline and the glossary as pages of their own.
import "./conceal.js";
import "./drawer.js";
import "./beside.js";
import "./focus.js";
