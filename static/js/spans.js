// Marking stretches of the text that is shown, word by word: arrow keys move, Shift takes more words, a label's key
// marks them; or a selection by mouse or finger. A hidden word is one word like any other, and stays hidden: positions
// are sent as numbers of words, which the server turns into characters.

// Counted as labeling/domain/schema/spans.py counts.
const UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff";
const WORD = new RegExp(`[${UNSPACED}]|[^\\s${UNSPACED}]+`, "gu");
const HIDDEN = "\ue000"; // stands for a hidden word while words are counted

let anchor = null; // { block, word }: where the taking began, and where it is now
let cursor = null;

const question = () => document.querySelector("form[data-answers] [data-kind=spans][data-here]");
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

function move(step, { take = false, toBlock = 0 } = {}) {
  const all = blocks();
  if (!all.length) return;
  if (!cursor) cursor = { block: 0, word: 0 };
  else if (toBlock) cursor = { block: Math.min(all.length - 1, Math.max(0, cursor.block + toBlock)), word: 1 };
  const length = count(all[cursor.block]);
  const word = cursor.word + step;
  if (word > length && !take && cursor.block < all.length - 1) cursor = { block: cursor.block + 1, word: 1 };
  else if (word < 1 && !take && cursor.block > 0) cursor = { block: cursor.block - 1, word: count(all[cursor.block - 1]) };
  else cursor = { block: cursor.block, word: Math.min(length, Math.max(1, word)) };
  if (!take || anchor?.block !== cursor.block) anchor = cursor;
  draw();
  say(spoken());
}

function taken() {
  if (!cursor || !anchor) return null;
  const [first, last] = [anchor.word, cursor.word].sort((one, other) => one - other);
  return { block: blocks()[cursor.block], first, last };
}

function spoken() {
  const { block, first, last } = taken();
  return words(block)
    .slice(first - 1, last)
    .flatMap((word) => word.pieces.map((piece) => slice(piece, word)))
    .join(" ");
}
const slice = ({ node, start }, word) =>
  node.nodeType === Node.TEXT_NODE
    ? node.data.slice(Math.max(0, word.start - start), word.end - start).trim()
    : node.getAttribute("aria-label");

const marks = () =>
  [...document.querySelectorAll("form[data-answers] [data-kind=spans] [data-span-list] input:checked")]
    .map((input) => input.value.split(":"))
    .filter(([unit]) => unit === "w")
    .map(([, block, first, last]) => ({ block, first: Number(first), last: Number(last) }));

/** Paint what is taken and what is marked. Highlights are drawn by the browser: the text itself is not touched. */
function draw() {
  const found = { taken: [], marked: [] };
  for (const hidden of document.querySelectorAll("#stimulus [role=img]")) delete hidden.dataset.span;
  const paint = (block, first, last, kind) => {
    for (const word of block ? words(block).slice(first - 1, last) : []) {
      for (const { node, start } of word.pieces) {
        if (node.nodeType !== Node.TEXT_NODE) {
          node.dataset.span = kind;
          continue;
        }
        const range = new Range();
        range.setStart(node, Math.max(0, word.start - start));
        range.setEnd(node, Math.min(node.length, word.end - start));
        found[kind].push(range);
      }
    }
  };
  for (const mark of marks()) paint(blocks().find((each) => each.dataset.block === mark.block), mark.first, mark.last, "marked");
  const now = question() && taken();
  if (now) paint(now.block, now.first, now.last, "taken");
  if (!window.Highlight || !window.CSS?.highlights) return; // the list below says where the marks are
  for (const [kind, ranges] of Object.entries(found)) CSS.highlights.set(`span-${kind}`, new Highlight(...ranges));
}

function mark(button) {
  const now = taken();
  if (!now?.block) return;
  const own = button.closest("[data-question]");
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
  anchor = cursor;
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
  const step = STEPS[event.detail.key];
  if (!step || !question() || !blocks().length) return;
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
  draw();
});

function touches(range, { node, start }, word) {
  if (node.nodeType !== Node.TEXT_NODE) return range.intersectsNode(node);
  const own = new Range();
  own.setStart(node, Math.max(0, word.start - start));
  own.setEnd(node, Math.min(node.length, word.end - start));
  return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
}

document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-span-list]")) draw();
});
for (const name of ["htmx:afterSettle", "respite:swapped"]) {
  document.addEventListener(name, () => {
    if (!blocks().length) cursor = anchor = null;
    if (document.querySelector("[data-kind=spans]")) draw();
  });
}
draw();
