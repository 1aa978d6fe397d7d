// What is shown as a file: the boxes, texts and wires, read where the browser has put them.

function drawingAsSvg(canvas, scale) {
  const origin = canvas.getBoundingClientRect();
  const at = (box) => ({ x: round((box.left - origin.left) / scale), y: round((box.top - origin.top) / scale), width: round(box.width / scale), height: round(box.height / scale) });
  const size = at(origin);
  const paper = getComputedStyle(document.body).backgroundColor;
  const root = vector("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `-16 -16 ${size.width + 32} ${size.height + 32}`, width: size.width + 32, height: size.height + 32, "font-family": "system-ui, sans-serif" });
  root.append(vector("rect", { x: -16, y: -16, width: size.width + 32, height: size.height + 32, fill: paper }));
  for (const element of canvas.querySelectorAll(".part, .card, .mark, .falls, .wires, .end, .sequence")) {
    if (element.matches(".wires")) root.append(wiresAsSvg(element, at(element.getBoundingClientRect())));
    else root.append(...boxAsSvg(element, at), ...textsAsSvg(element, at));
    if (element.matches(".sequence > .part, .end, .finally-block")) root.append(...wireAbove(element, at));
    if (element.matches(".loop.open > .sequence")) root.append(wayBack(element, at));
    if (element.matches(".guarded > .catch-block")) root.append(wayToHandler(element, at));
  }
  return new XMLSerializer().serializeToString(root);
}

function boxAsSvg(element, at) {
  const style = getComputedStyle(element);
  const clear = /^rgba\(.*, 0\)$|transparent/;
  if (clear.test(style.backgroundColor) && (style.borderTopStyle === "none" || style.borderTopWidth === "0px")) return [];
  const look = { rx: parseFloat(style.borderTopLeftRadius) || 0, fill: style.backgroundColor, stroke: style.borderTopColor };
  const dash = style.borderTopStyle === "dashed" ? { "stroke-dasharray": "5 4" } : {};
  const box = vector("rect", { ...at(element.getBoundingClientRect()), ...look, ...dash });
  if (style.borderLeftWidth === style.borderTopWidth) return [box];
  const bar = { ...at(element.getBoundingClientRect()), width: parseFloat(style.borderLeftWidth), rx: 1.5, fill: style.borderLeftColor };
  return [box, vector("rect", bar)];
}

// Every line of text in a card, where it begins.
function textsAsSvg(element, at) {
  if (!element.matches(".card, .end, .mark, .falls")) return [];
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (element.matches(".card") && texts.currentNode.parentElement.matches(".mark")) continue;
    const style = getComputedStyle(texts.currentNode.parentElement);
    const look = { fill: style.color, "font-size": style.fontSize, "font-weight": style.fontWeight };
    for (const { text, box } of linesOf(texts.currentNode)) {
      const { x, y, height } = at(box);
      found.push(vector("text", { x, y: round(y + height * 0.78), ...look }, text));
    }
  }
  return found;
}

function linesOf(node) {
  const lines = [];
  const range = document.createRange();
  [...node.data.matchAll(/\S+\s*|\s+/g)].forEach(({ 0: word, index }) => {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getClientRects()[0];
    if (!box) return;
    const last = lines.at(-1);
    if (last && Math.abs(last.box.top - box.top) < box.height / 2) last.text += word;
    else lines.push({ text: word, box });
  });
  return lines;
}

function wiresAsSvg(element, { x, y }) {
  const copy = element.cloneNode(true);
  const paths = [...copy.children];
  paths.forEach((path) => path.setAttribute("stroke-dasharray", path.getAttribute("class") === "dotted" ? "3 4" : "none"));
  return vector("g", { transform: `translate(${x} ${y})`, fill: "none", stroke: getComputedStyle(element).color, "stroke-width": 1.5 }, ...paths);
}

function wireAbove(element, at) {
  const style = getComputedStyle(element, "::before");
  if (style.content === "none") return [];
  const { x, y, width } = at(element.getBoundingClientRect());
  const top = y - parseFloat(style.height);
  return [vector("path", { d: `M${x + width / 2} ${top}V${y}`, stroke: style.backgroundColor, "stroke-width": 1.5 })];
}

// The dashed way back of a loop, as the style sheet draws it beside the loop's turn.
function wayBack(element, at) {
  const style = getComputedStyle(element, "::before");
  const { x, y } = at(element.getBoundingClientRect());
  const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => parseFloat(style[name]));
  const [x1, y1] = [x + left, y + top];
  const path = `M${x1 + width} ${y1 + height}H${x1 + 8}q-8 0 -8 -8V${y1 + 8}q0 -8 8 -8H${x1 + width}m-4 -4l4 4l-4 4`;
  return vector("path", { d: path, fill: "none", stroke: style.borderLeftColor, "stroke-width": 1.5, "stroke-dasharray": "4 3" });
}

function wayToHandler(element, at) {
  const style = getComputedStyle(element, "::before");
  const { x, y } = at(element.getBoundingClientRect());
  const path = `M${x - parseFloat(style.width)} ${y + parseFloat(style.top)}H${x}`;
  return vector("path", { d: path, fill: "none", stroke: style.borderTopColor, "stroke-width": 1.5, "stroke-dasharray": "4 3" });
}

function save(name, type, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
