// From data to parts: a tree of what is drawn, without any place. A part is collapsible if it has children.

const PAGE = 40; // nodes of a sequence shown in one go; a longer one is shown in pages

class Part {
  constructor(parent, id, kind, title, more = {}) {
    Object.assign(this, { parent, id, kind, title, details: [], record: null, json: null, layout: "leaf", children: [], calls: null }, more);
  }

  get path() {
    return this.parent ? [...this.parent.path, this.parent] : [];
  }
}

// The workflow and its functions as parts. Records stand in the order of the walk that Python makes, too.
function model(data) {
  const records = data.nodes.values();
  const take = () => records.next().value ?? { id: "", title: "" };
  const parts = new Map();
  const roots = [];

  function add(parent, id, kind, title, more) {
    const part = new Part(parent, id, kind, title, more);
    parts.set(part.id, part);
    return part;
  }

  function sequence(parent, nodes) {
    parent.children = nodes.map((node) => node_(parent, node));
    page(parent, parts);
  }

  function node_(parent, json) {
    const record = take();
    const more = { record, json, details: record.details ?? [], starts: json.starts, resolves: json.resolves };
    const part = add(parent, record.id, json.type, record.title, more);
    (INSIDE[json.type] ?? (() => {}))(part, json);
    return part;
  }

  const inside = (part, json) => {
    if (!json.nodes.length) return;
    part.layout = "sequence";
    sequence(part, json.nodes);
  };
  const INSIDE = {
    step_do: inside,
    loop: inside,
    block: inside,
    function_def: inside,
    start: (part, json) => {
      part.layout = "sequence";
      part.children = [...json.nodes, ...Object.values(json.functions)].map((node) => node_(part, node));
    },
    function_call: (part, json) => (part.calls = json.name),
    parallel: (part, json) => {
      part.layout = "lanes";
      part.children = json.nodes.map((node) => node_(part, node));
    },
    if: (part, json) => choice(part, json.branches, "else", "no"),
    switch: (part, json) => choice(part, json.branches, "default", "otherwise"),
    try: (part, json) => {
      part.layout = "try";
      for (const name of ["try", "catch", "finally"]) {
        const block = json[`${name}_block`];
        if (block) branch(part, `${part.id}.${name}`, name, block.nodes).kind = `section ${name}-block`;
      }
    },
  };

  function choice(part, branches, otherwise, implied) {
    const plain = part.kind === "if" && branches.filter((each) => each.condition !== null).length === 1;
    part.layout = "branches";
    branches.forEach(({ condition, nodes }, index) => {
      const title = condition === null ? (plain ? "no" : otherwise) : plain ? "yes" : condition;
      const made = branch(part, `${part.id}.${index}`, title, nodes);
      const last = nodes.at(-1);
      made.leaves = last?.type === "break" && !(part.kind === "switch" && last.kind === "break");
      made.falls = part.kind === "switch" && nodes.length > 0 && last.type !== "break" && index < branches.length - 1;
    });
    if (branches.every((each) => each.condition !== null)) branch(part, `${part.id}.none`, implied, []);
  }

  function branch(parent, id, title, nodes) {
    const made = add(parent, id, "branch", title, { layout: "sequence" });
    parent.children.push(made);
    sequence(made, nodes);
    return made;
  }

  const workflow = data.graph.workflow;
  const record = take();
  const main = add(null, record.id, "workflow", record.title, { record, json: workflow, details: record.details ?? [], layout: "sequence" });
  sequence(main, workflow.nodes);
  roots.push(main);
  for (const json of Object.values(workflow.functions)) roots.push(node_(null, json));
  return { roots, parts, functions: new Map(roots.slice(1).map((part) => [part.json.name, part])) };
}

// Puts a long sequence into pages, so that a glance at it costs as little as at a short one.
function page(parent, parts) {
  const nodes = parent.children;
  if (nodes.length <= PAGE * 1.5) return;
  parent.children = [];
  for (let start = 0; start < nodes.length; start += PAGE) {
    const held = nodes.slice(start, start + PAGE);
    const title = `${start + 1}–${start + held.length} of ${nodes.length}`;
    const made = new Part(parent, `${parent.id}.page${start / PAGE}`, "page", title, { layout: "sequence", children: held });
    made.details = [`${named(held[0])} … ${named(held.at(-1))}`];
    held.forEach((each) => (each.parent = made));
    parent.children.push(made);
    parts.set(made.id, made);
  }
}

const named = (part) => (part.title.length > 40 ? `${part.title.slice(0, 39)}…` : part.title);

// Every part below some, each before its own children.
function* walk(parts) {
  for (const part of parts) {
    yield part;
    yield* walk(part.children);
  }
}

// The ids of what is open at first: in the order of the text, as long as no more than a number of boxes is laid out.
function openAtFirst(roots, limit) {
  const open = new Set();
  let boxes = roots.length;
  const visit = (part) => {
    if (!part.children.length || boxes + part.children.length > limit) return;
    open.add(part.id);
    boxes += part.children.length;
    part.children.forEach(visit);
  };
  roots.forEach(visit);
  return open;
}

// Columns for what runs side by side: each part goes into the first one that is free when it starts.
function lanes(children) {
  const last = Math.max(2, ...children.map((each) => each.resolves ?? (each.starts ?? 0) + 1));
  const first = Math.min(...children.map((each) => each.starts ?? 1));
  const free = [];
  const placed = children.map((part) => {
    const from = part.starts ?? first;
    const to = Math.max(part.resolves ?? (part.starts === undefined ? last : from + 1), from + 1);
    const lane = free.findIndex((end) => end <= from);
    const column = lane < 0 ? free.length : lane;
    free[column] = to;
    return { part, column, from: from - first, to: to - first };
  });
  return { placed, columns: free.length, rows: last - first };
}
