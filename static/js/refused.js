// A form that was refused comes back with a summary of what needs another look. It may be far down the page: the
// keyboard and the eye start there.
const summary = document.querySelector(".error-summary");
if (summary) {
  summary.tabIndex = -1;
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center", behavior: "instant" });
}
