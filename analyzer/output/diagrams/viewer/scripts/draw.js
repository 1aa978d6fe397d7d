// From parts to elements. The browser lays them out: a sequence is a column, branches are a row, lanes are a grid.

const GLYPHS = {
  step_do: "●", step_sleep: "◷", step_sleep_until: "◷", step_wait_for_event: "✉", function_call: "ƒ", function_def: "ƒ", workflow: "▶", start: "▶",
  if: "◇", switch: "◇", loop: "↻", parallel: "∥", block: "▪", try: "▣", break: "↩", page: "⋯",
};
const SPOKEN = {
  step_do: "step", step_sleep: "sleep", step_sleep_until: "sleep", step_wait_for_event: "wait", function_call: "call of", function_def: "function",
  workflow: "workflow", start: "workflow", if: "choice", switch: "choice", loop: "", parallel: "", block: "", try: "", break: "leaves by", page: "nodes",
};

class Drawing {
  constructor(isOpen, findings) {
    this.isOpen = isOpen;
    this.findings = findings;
  }

  // An element for a part and for what is open inside it.
  part(part) {
    const element = make("div", `part ${part.kind}`);
    element.dataset.id = part.id;
    element.tabIndex = -1;
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-level", part.path.length + 1);
    element.setAttribute("aria-label", this.label(part));
    element.setAttribute("aria-selected", "false");
    if (part.floating) element.classList.add("floating");
    const branch = part.kind === "branch" || part.kind.startsWith("section");
    element.append(branch ? this.chip(part) : this.card(part));
    if (part.children.length) this.inside(part, element);
    if (part.falls) element.append(make("div", "falls", "↓ goes on in the next case"));
    return element;
  }

  inside(part, element) {
    const open = this.isOpen(part);
    element.setAttribute("aria-expanded", open);
    element.classList.add("holder", open ? "open" : "closed");
    if (open) element.append(LAYOUTS[part.layout](this, part));
  }

  card(part) {
    const card = make("div", "card", this.glyph(part), make("span", "name", part.title), this.numbers(part), this.marks(part));
    if (part.children.length) card.append(this.twist(part));
    const details = part.details.map((detail) => make("span", "detail", detail));
    if (details.length) card.append(make("span", "details", ...details));
    return card;
  }

  glyph(part) {
    const glyph = make("span", "glyph", part.kind === "break" && part.json.kind === "break" ? "⤴" : GLYPHS[part.kind]);
    glyph.setAttribute("aria-hidden", "true");
    return glyph;
  }

  chip(part) {
    const chip = make("div", "card chip", make("span", "name", part.title));
    if (part.children.length) chip.append(this.twist(part));
    return chip;
  }

  twist(part) {
    const count = this.isOpen(part) ? "" : make("span", "count", String(part.children.length));
    const twist = make("span", "twist", count);
    twist.title = "Expand or collapse (Space)";
    return twist;
  }

  numbers(part) {
    if (part.starts === undefined && part.resolves === undefined) return "";
    const never = part.resolves === undefined;
    const text = make("span", never ? "numbers never" : "numbers", `${part.starts ?? ""}→${part.resolves ?? ""}`);
    text.title = never ? "started and never awaited" : `started at ${part.starts}, awaited at ${part.resolves}`;
    return text;
  }

  marks(part) {
    const found = (part.record?.findings ?? []).map((index) => this.findings[index]);
    const unseen = part.record?.remarks?.length ?? 0;
    const worst = ["error", "warning", "info"].find((severity) => found.some((each) => each.severity === severity));
    const marks = make("span", "marks");
    if (worst) marks.append(mark(`mark ${worst}`, String(found.length), found.map((each) => `${each.code} ${each.message}`).join("\n")));
    if (unseen) marks.append(mark("mark unseen", "?", part.record.remarks.map(([, message]) => message).join("\n")));
    return worst || unseen ? marks : "";
  }

  label(part) {
    const words = [part.kind === "branch" ? "branch" : SPOKEN[part.kind] ?? "", part.title, ...part.details];
    if (part.record?.place) words.push(`line ${part.record.place[1]}`);
    if (part.starts !== undefined) words.push(part.resolves === undefined ? "never awaited" : `runs from ${part.starts} to ${part.resolves}`);
    const found = part.record?.findings?.length ?? 0;
    if (found) words.push(found === 1 ? "1 finding" : `${found} findings`);
    if (part.record?.remarks) words.push("something here could not be seen");
    return words.filter(Boolean).join(", ");
  }
}

function mark(classes, text, title) {
  const element = make("span", classes, text);
  element.title = title;
  return element;
}

const LAYOUTS = {
  sequence: (drawing, part) => group("sequence", part.children.map((child) => drawing.part(child))),

  branches: (drawing, part) => {
    const row = group("row fork", part.children.map((child) => drawing.part(child)));
    row.dataset.joins = part.children.map((child) => (child.leaves || child.falls ? "" : "1")).join();
    return row;
  },

  try: (drawing, part) => {
    const [upper, lower] = [true, false].map((above) => part.children.filter((child) => (child.kind !== "section finally-block") === above));
    const row = make("div", "row guarded", ...upper.map((child) => drawing.part(child)));
    return group("sections", [row, ...lower.map((child) => drawing.part(child))]);
  },

  lanes: (drawing, part) => {
    const { placed, rows } = lanes(part.children);
    const grid = group("lanes fork", []);
    for (const { part: child, column, from, to } of placed) {
      child.floating = child.starts !== undefined && child.resolves === undefined;
      const cell = make("div", "lane", drawing.part(child));
      cell.dataset.first = Number(from === 0);
      cell.dataset.last = Number(!child.floating && to === rows);
      cell.dataset.column = column;
      cell.style.gridColumn = String(column + 1);
      cell.style.gridRow = `${from + 1} / ${to + 1}`;
      grid.append(cell);
    }
    return grid;
  },
};

function group(classes, children) {
  const element = make("div", `inside ${classes}`, ...children);
  element.setAttribute("role", "group");
  return element;
}
