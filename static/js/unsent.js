// An answer that was begun and not sent. What is changed in it is kept as in a task, also when one leaves it for later.
import "./answers.js";
import "./save.js";
import "./menus.js";

// When it is sent or dropped there is nothing left to keep: a draft that goes with the page would come beside that.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("form[data-answers], form[data-drop]")) return;
  delete document.querySelector("form[data-answers]").dataset.draftUrl;
});
