// The side panel: all that is known of one part, or of the workflow.

class Panel {
  constructor(element, actions) {
    Object.assign(this, { element, actions });
  }

  close() {
    this.element.hidden = true;
  }

  fill(...content) {
    const close = button("×", "Close (Esc)", () => this.actions.close());
    close.className = "close";
    close.setAttribute("aria-label", "Close");
    this.element.replaceChildren(close, ...content.filter(Boolean));
    this.element.hidden = false;
    this.element.scrollTop = 0;
  }

  // What is known of a part: its configuration, findings, place in the source, and JSON.
  show(part, data) {
    const record = part.record ?? {};
    this.fill(
      this.trail(part),
      heading(part),
      make("p", "facts", ...part.details.map((detail) => make("span", "", detail))),
      runs(part),
      table(data.settings[record.settings] ?? []),
      this.link(part),
      this.findings((record.findings ?? []).map((index) => data.findings[index])),
      remarks(record.remarks ?? []),
      record.place ? source(record, data) : null,
      part.json ? json(part.json) : null,
    );
  }

  // The workflow as a whole, its findings, what was not seen, and the keys.
  overview(model, data) {
    const main = model.roots[0];
    const unseen = [...walk(model.roots)].filter((part) => part.record?.remarks);
    this.fill(
      heading(main),
      make("p", "facts", ...main.details.map((detail) => make("span", "", detail))),
      counts(model),
      this.findings(data.findings, model),
      unseen.length ? make("h3", "", "Not seen") : null,
      ...unseen.map((part) => this.listed(part, part.record.remarks)),
      main.record.place ? source(main.record, data) : null,
      keys(),
    );
  }

  trail(part) {
    const links = part.path.map((above) => button(named(above), `Go to ${above.title}`, () => this.actions.go(above)));
    const trail = make("nav", "trail", ...links);
    trail.setAttribute("aria-label", "Inside");
    return links.length ? trail : null;
  }

  link(part) {
    const target = this.actions.called(part);
    return target && make("p", "", button(`Go to function ${target.title} →`, "Where its steps are", () => this.actions.go(target)));
  }

  findings(found, model) {
    if (!found.length) return null;
    const items = found.map((each) => {
      const part = model && [...walk(model.roots)].find((any) => any.record?.findings?.some((index) => found[index] === each));
      const place = `${each.path}:${each.line}:${each.column}`;
      const code = make("strong", "", each.code);
      return make("li", each.severity, code, ` ${each.message} `, part ? button(place, "Show it", () => this.actions.go(part)) : make("code", "", place));
    });
    return make("section", "findings", make("h3", "", "Findings"), make("ul", "", ...items));
  }

  listed(part, notes) {
    const items = notes.map(([code, message, line]) => make("p", "remark", make("strong", "", code), ` ${line ? `line ${line}: ` : ""}${message}`));
    return make("div", "", ...items, button(named(part), "Show it", () => this.actions.go(part)));
  }
}

function heading(part) {
  const kind = { step_do: "step", step_sleep: "sleep", step_sleep_until: "sleep until", step_wait_for_event: "wait for event", function_call: "call", function_def: "function", break: "jump" };
  return make("div", `title ${part.kind}`, make("span", "kind", kind[part.kind] ?? part.kind.split(" ")[0]), make("h2", "", part.title));
}

function runs(part) {
  if (part.starts === undefined) return null;
  const beside = part.parent.children.filter((other) => other !== part && overlap(part, other)).map(named);
  const text = part.resolves === undefined ? "Started and never awaited." : `Started at ${part.starts}, awaited at ${part.resolves}.`;
  return make("p", "runs", text + (beside.length ? ` Runs beside ${beside.join(", ")}.` : ""));
}

function overlap(one, other) {
  const end = (part) => part.resolves ?? Infinity;
  return other.starts !== undefined && one.starts < end(other) && other.starts < end(one);
}

function table(settings) {
  if (!settings.length) return null;
  const rows = settings.map(([label, value, byDefault]) => {
    const name = make("th", "", label);
    name.scope = "row";
    return make("tr", "", name, make("td", "", value, byDefault ? make("span", "default", "default") : ""));
  });
  return make("table", "settings", make("tbody", "", ...rows));
}

function remarks(notes) {
  if (!notes.length) return null;
  const items = notes.map(([code, message]) => make("p", "remark", make("strong", "", code), ` ${message}`));
  return make("section", "", make("h3", "", "Not seen"), ...items);
}

// The lines of a node with some around them; its own are marked.
function source(record, data) {
  const [index, line, column, endLine] = record.place;
  const file = data.files[index];
  const shown = make("pre", "");
  shown.id = "source";
  shown.tabIndex = 0;
  shown.setAttribute("aria-label", `Source, line ${line}`);
  if (record.clip) shown.append(row(line, record.clip, true));
  else for (const [number, text] of lines(file, line - 3, Math.min(endLine, line + 60) + 3)) shown.append(row(number, text, number >= line && number <= endLine));
  return make("section", "", make("h3", "", "Source"), make("p", "place", make("code", "", `${file.path}:${line}:${column}`)), shown);
}

function* lines(file, first, last) {
  for (const [start, text] of file.runs) {
    const found = text.split("\n");
    for (let number = Math.max(first, start); number <= Math.min(last, start + found.length - 1); number++) yield [number, found[number - start]];
  }
}

function row(number, text, hit) {
  const element = make("span", hit ? "line hit" : "line", make("span", "no", String(number)), `${text}\n`);
  element.dataset.line = number;
  return element;
}

function json(value) {
  const text = JSON.stringify(value, null, 2);
  const shown = make("pre", "json", text.length > 20000 ? `${text.slice(0, 20000)}\n…` : text);
  shown.tabIndex = 0;
  const details = make("details", "", make("summary", "", "JSON"), shown);
  details.open = text.length < 1500;
  return details;
}

function counts(model) {
  const counted = new Map();
  for (const part of walk(model.roots)) counted.set(part.kind, (counted.get(part.kind) ?? 0) + 1);
  const names = { step_do: "step", step_sleep: "sleep", step_sleep_until: "sleep until", step_wait_for_event: "wait for event", loop: "loop", parallel: "parallel", if: "choice", switch: "switch", try: "try", function_def: "function", function_call: "call" };
  const rows = Object.entries(names).filter(([kind]) => counted.has(kind)).map(([kind, name]) => make("span", `count-of ${kind}`, make("b", "", String(counted.get(kind))), ` × ${name}`));
  return make("p", "counts", ...rows);
}

function keys() {
  const known = [["← ↑ ↓ →", "move through the diagram"], ["Space", "expand or collapse"], ["Enter", "details"], ["Esc", "close"], ["/", "search; Enter for the next hit"], ["+ − 0", "zoom"], ["F", "fit"], ["E C", "expand, collapse everything"], ["T", "light or dark"]];
  const rows = known.map(([key, does]) => make("tr", "", make("th", "", make("kbd", "", key)), make("td", "", does)));
  return make("section", "", make("h3", "", "Keys"), make("table", "settings", make("tbody", "", ...rows)));
}
