// An answer that is taken up again.
import "./answers.js";
