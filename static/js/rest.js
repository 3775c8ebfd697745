// The break page.
import "./countdown.js";
