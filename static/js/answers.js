// The form of an answer. Without these modules it is plain boxes, buttons and fields.
import "./questions.js";
import "./later.js";

// A click with the mouse leaves no focus behind, so that Space and Enter keep their printed meaning.
document.addEventListener("pointerup", (event) => {
  const label = event.target.closest("form[data-answers] label");
  if (label && !label.querySelector("textarea, select, input:not([type=checkbox], [type=radio])")) {
    setTimeout(() => document.activeElement?.blur(), 0);
  }
});
