// Marking stretches of the text that is shown, word by word: arrow keys move, Shift takes more words, a label's key
// marks them; or a selection by mouse or finger, or a tap on the first word and one on the last. A hidden word is one word like any other, and stays hidden: positions
// are sent as numbers of words, which the server turns into characters.

import { escCloses } from "./closes.js";
import { goTo } from "./questions.js";

// Counted as labeling/domain/schema/spans.py counts.
const UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff";
const WORD = new RegExp(`[${UNSPACED}]|[^\\s${UNSPACED}]+`, "gu");
const EDGE = 24; // px between the word that keys are at and the edge of the screen
const HIDDEN = "\ue000"; // stands for a hidden word while words are counted
const REACH = 12; // px that a finger may miss a word by
const QUOTED = 80; // characters of a mark that stand in the list

let anchor = null; // { block, word }: where the taking began, and where it is now
let cursor = null;
let tapped = null; // the first word of a choice that waits for its last
let read = ""; // words of the item that were last said: they go with it
let pointer = ""; // what pressed last: "mouse", "touch" or "pen"
let dropsSelection = false; // whether that press only ended a selection in the text

const question = () => document.querySelector("form[data-answers] [data-kind=spans][data-here]");
const asked = () => document.querySelector("form[data-answers] [data-kind=spans]:not([hidden])");
/** The same where one has gone on to a later question. */
const passed = () => {
  const own = asked();
  const here = document.querySelector("form[data-answers] [data-here]");
  return own && here?.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_PRECEDING ? own : null;
};
const blocks = () =>
  [...document.querySelectorAll("#stimulus[data-state=open] [data-block]")].filter((each) => each.dataset.offset === "0");
const say = (words) => (document.getElementById("announcer").textContent = words);

/** The words of a block with the pieces of the page that they lie in. */
function words(block) {
  const pieces = [];
  let text = "";
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const part = node.nodeType === Node.TEXT_NODE ? node.data : node.matches("[role=img]") ? HIDDEN : "";
    if (!part) continue;
    pieces.push({ node, start: text.length, end: text.length + part.length });
    text += part;
  }
  return [...text.matchAll(WORD)].map((match) => {
    const start = match.index;
    const end = start + match[0].length;
    return { start, end, pieces: pieces.filter((piece) => piece.start < end && piece.end > start) };
  });
}

const count = (block) => words(block).length;
const isRightToLeft = (block) => getComputedStyle(block).direction === "rtl";

function move(step, { take = false, toBlock = 0 } = {}) {
  const all = blocks();
  if (!all.length) return;
  tapped = null;
  if (!cursor) cursor = { block: Math.max(0, all.findIndex((each) => each.closest(".judged"))), word: 0 };
  else if (toBlock) cursor = { block: Math.min(all.length - 1, Math.max(0, cursor.block + toBlock)), word: 1 };
  const length = count(all[cursor.block]);
  const word = cursor.word + (isRightToLeft(all[cursor.block]) ? -step : step); // as one sees it
  if (word > length && !take && cursor.block < all.length - 1) cursor = { block: cursor.block + 1, word: 1 };
  else if (word < 1 && !take && cursor.block > 0) cursor = { block: cursor.block - 1, word: count(all[cursor.block - 1]) };
  else cursor = { block: cursor.block, word: Math.min(length, Math.max(1, word)) };
  if (!take || anchor?.block !== cursor.block) anchor = cursor;
  draw();
  bringIntoView(cursor);
  read = spoken();
  say(read);
}

/** The word that the keys are at is on the screen, below what stays at its top; by keys one sees where one is. */
function bringIntoView({ block, word: number }) {
  const word = words(blocks()[block])[number - 1];
  if (!word) return;
  const box = place(word.pieces[0], word).getBoundingClientRect();
  const top = (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0) + EDGE;
  if (box.top < top) window.scrollBy({ top: box.top - top, behavior: "instant" });
  else if (box.bottom > window.innerHeight - EDGE) window.scrollBy({ top: box.bottom - window.innerHeight + EDGE, behavior: "instant" });
}

/** A first tap chooses a word, and on it again takes it back; one on another word of the text takes all up to it. With both
 * ends the choice is whole, and the next tap begins anew: a word that was hit by mistake stays in no choice for good. */
function tap(here) {
  const first = tapped?.block === here.block ? tapped : null;
  tapped = first ? null : here;
  anchor = first?.word === here.word ? null : (first ?? here);
  cursor = here;
  draw();
  read = anchor ? spoken() : "";
  say(read);
}

/** Nothing is chosen any more; keys go on from where they were. */
function letGo() {
  anchor = tapped = null;
  document.getSelection().removeAllRanges(); // the next click chooses again
}

/** The word that is nearest to a point of the screen, from 1; null where none is within reach. */
function wordAt(block, x, y) {
  let [found, least] = [null, REACH];
  for (const [n, word] of words(block).entries()) {
    for (const box of word.pieces.flatMap((piece) => [...place(piece, word).getClientRects()])) {
      const far = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
      if (far < least) [found, least] = [n + 1, far];
    }
  }
  return found;
}

/** Where a word lies in one of its pieces: a range of text, or the hidden word itself. */
function place({ node, start }, word) {
  if (node.nodeType !== Node.TEXT_NODE) return node;
  const range = new Range();
  range.setStart(node, Math.max(0, word.start - start));
  range.setEnd(node, Math.min(node.length, word.end - start));
  return range;
}

function taken() {
  if (!cursor || !anchor) return null;
  const [first, last] = [anchor.word, cursor.word].sort((one, other) => one - other);
  return { block: blocks()[cursor.block], first, last };
}

const spoken = () => inWords(taken());
const inWords = ({ block, first, last }) =>
  words(block)
    .slice(first - 1, last)
    .flatMap((word) => word.pieces.map((piece) => slice(piece, word)))
    .join(" ");
const slice = ({ node, start }, word) =>
  node.nodeType === Node.TEXT_NODE
    ? node.data.slice(Math.max(0, word.start - start), word.end - start).trim()
    : node.getAttribute("aria-label");

const marks = () =>
  [...document.querySelectorAll("form[data-answers] [data-kind=spans] [data-span-list] input:checked")]
    .map((input) => input.value.split(":"))
    .filter(([unit]) => unit === "w")
    .map(([, block, first, last]) => ({ block, first: Number(first), last: Number(last) }));

/** Each mark of the list with the words that it marks. They are content: they stand there only while the item does. */
function quote() {
  for (const label of document.querySelectorAll("form[data-answers] [data-span-list] label")) {
    const [unit, number, first, last] = label.querySelector("input").value.split(":");
    const block = unit === "w" && blocks().find((each) => each.dataset.block === number);
    const said = block ? inWords({ block, first: Number(first), last: Number(last) }) : "";
    label.querySelector("q")?.remove();
    if (!said) continue;
    const place = document.createElement("q");
    place.dir = "auto";
    place.lang = block.closest("[lang]").lang;
    place.textContent = said.length > QUOTED ? `${said.slice(0, QUOTED)}…` : said;
    label.append(place);
  }
}

/** Paint what is taken and what is marked. Highlights are drawn by the browser: the text itself is not touched. */
function draw() {
  const found = { taken: [], marked: [] };
  for (const hidden of document.querySelectorAll("#stimulus [role=img]")) delete hidden.dataset.span;
  const paint = (block, first, last, kind) => {
    for (const word of block ? words(block).slice(first - 1, last) : []) {
      for (const piece of word.pieces) {
        const where = place(piece, word);
        if (where === piece.node) where.dataset.span = kind;
        else found[kind].push(where);
      }
    }
  };
  quote();
  for (const mark of marks()) paint(blocks().find((each) => each.dataset.block === mark.block), mark.first, mark.last, "marked");
  const now = question() && taken();
  if (now) paint(now.block, now.first, now.last, "taken");
  if (!window.Highlight || !window.CSS?.highlights) return; // the list below says where the marks are
  for (const [kind, ranges] of Object.entries(found)) CSS.highlights.set(`span-${kind}`, new Highlight(...ranges));
}

/** What has to come before a label: words, or first of all the text. */
function tellFirst(own, isMissing) {
  const note = own.querySelector("[data-span-first]");
  if (!note) return; // where the item is not shown at all
  note.textContent = blocks().length ? note.dataset.words : note.dataset.whenHidden;
  note.hidden = !isMissing;
}

function mark(button) {
  const now = taken();
  const own = button.closest("[data-question]");
  tellFirst(own, !now?.block);
  if (!now?.block) return;
  const row = own.querySelector("[data-span-row]");
  const value = `w:${now.block.dataset.block}:${now.first}:${now.last}:${button.dataset.spanLabel}`;
  const list = own.querySelector("[data-span-list]");
  if ([...list.querySelectorAll("input")].some((input) => input.value === value && input.checked)) return;
  const item = row.content.cloneNode(true);
  const facts = { block: Number(now.block.dataset.block) + 1, first: now.first, last: now.last, label: button.dataset.spanName };
  const text = row.dataset.words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const input = item.querySelector("input");
  input.value = value;
  item.querySelector("span").textContent = text;
  list.append(item);
  letGo();
  say(text);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function takeBack(own) {
  const last = [...own.querySelectorAll("[data-span-list] input:checked")].at(-1);
  if (!last) return;
  last.checked = false;
  last.dispatchEvent(new Event("change", { bubbles: true }));
  last.closest("li").remove();
}

const STEPS = {
  ArrowRight: [1],
  ArrowLeft: [-1],
  ArrowDown: [0, { toBlock: 1 }],
  ArrowUp: [0, { toBlock: -1 }],
  "Shift ArrowRight": [1, { take: true }],
  "Shift ArrowLeft": [-1, { take: true }],
};
document.addEventListener("respite:key", (event) => {
  const { key } = event.detail;
  if (key === "Escape" && question() && anchor && !escCloses()) {
    letGo();
    draw();
    say((read = ""));
    return;
  }
  const step = STEPS[key];
  if (!step || !question()) return;
  if (!blocks().length) return tellFirst(question(), true);
  event.preventDefault();
  move(...step);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-span-label]");
  if (button) mark(button);
  else if (event.target.closest("[data-span-undo]")) takeBack(event.target.closest("[data-question]"));
  else return;
  if (event.detail > 0) document.activeElement?.blur();
});

document.addEventListener("pointerdown", (event) => {
  pointer = event.pointerType;
  const selection = document.getSelection();
  const isSelected = !selection.isCollapsed && blocks().some((block) => selection.containsNode(block, true));
  dropsSelection = pointer === "mouse" && isSelected;
}, true);
document.addEventListener("click", (event) => {
  const all = blocks();
  const block = all.indexOf(event.target.closest?.("#stimulus [data-block]"));
  const own = question() ?? (pointer === "mouse" ? passed() : asked()); // a mouse also clicks where it only reads
  // A mouse that ends a selection chooses nothing with that click: what was selected stays chosen.
  if (block < 0 || !own || dropsSelection || !document.getSelection().isCollapsed) return;
  const word = wordAt(all[block], event.clientX, event.clientY);
  if (!word) return;
  event.preventDefault(); // a phone's browser would look the word up
  goTo(own, { show: false });
  tap({ block, word });
});

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !document.querySelector("[data-kind=spans]")) return;
  const range = selection.getRangeAt(0);
  const all = blocks();
  const number = all.findIndex((block) => range.intersectsNode(block));
  if (number < 0) return;
  const inside = words(all[number]).flatMap((word, n) => (word.pieces.some((piece) => touches(range, piece, word)) ? [n + 1] : []));
  if (!inside.length) return;
  anchor = { block: number, word: inside[0] };
  cursor = { block: number, word: inside.at(-1) };
  tapped = null;
  draw();
});

function touches(range, piece, word) {
  const own = place(piece, word);
  if (own === piece.node) return range.intersectsNode(own);
  return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
}

document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-span-list]")) draw();
});
for (const name of ["htmx:afterSettle", "respite:swapped", "respite:question"]) {
  document.addEventListener(name, () => {
    if (!blocks().length) {
      cursor = anchor = tapped = null;
      if (read && document.getElementById("announcer").textContent === read) say("");
      read = "";
    }
    if (document.querySelector("[data-kind=spans]")) draw();
  });
}
draw();
