// The viewer itself: what is open, what is selected, and what a click or a key does.

const LIMIT = 400; // boxes laid out when a workflow is first shown

class Viewer {
  constructor() {
    this.data = null;
    this.choice = new Map(); // by id: whether somebody opened or closed it
    this.known = null; // ids drawn before, to point out new ones
    this.selected = null;
    this.hits = [];
    this.canvas = $("canvas");
    this.camera = new Camera($("stage"), this.canvas, (scale) => ($("zoom").textContent = `${Math.round(scale * 100)}%`));
    this.panel = new Panel($("panel"), {
      close: () => this.close(),
      go: (part) => this.go(part, true),
      called: (part) => part.calls && this.model.functions.get(part.calls),
    });
    this.theme(stored("stepgraph-theme"));
    this.listen();
  }

  // Shows a workflow; if one is shown, in its place, with the same parts open and the same view.
  show(data) {
    const first = this.data === null || this.data.class_name !== data.class_name || this.data.path !== data.path;
    this.data = data;
    this.model = model(data);
    this.open = openAtFirst(this.model.roots, LIMIT);
    if (first) this.forget();
    this.heading();
    this.draw();
    this.selected = this.model.parts.get(this.selected?.id) ?? null;
    this.mark();
    this.search();
    if (first) this.camera.fit(false);
    else this.pointOutNew();
    this.known = new Set(this.model.parts.keys());
    if (!this.panel.element.hidden) this.refreshPanel();
  }

  forget() {
    this.choice.clear();
    this.selected = null;
    this.panel.close();
  }

  heading() {
    const { class_name: name, path, nodes } = this.data;
    document.title = `${name} · stepgraph`;
    $("title").textContent = name;
    $("subtitle").textContent = nodes[0].place ? `${path}:${nodes[0].place[1]}` : path;
  }

  isOpen(part) {
    return this.choice.get(part.id) ?? this.open.has(part.id);
  }

  draw() {
    const [main, ...functions] = this.model.roots.map((root) => this.drawing().part(root));
    main.append(make("div", "end", "end"));
    this.canvas.replaceChildren(main, ...(functions.length ? [make("div", "functions", ...functions)] : []));
    this.settle();
  }

  drawing() {
    return new Drawing((part) => this.isOpen(part), this.data.findings);
  }

  settle() {
    wire(this.canvas, this.camera.scale);
    this.canvas.dataset.boxes = this.canvas.querySelectorAll(".part").length;
    this.mark();
  }

  element(part) {
    return this.canvas.querySelector(`[data-id="${CSS.escape(part.id)}"]`);
  }

  // Opens or closes a part, which stays where it is on the screen.
  toggle(part, open = part && !this.isOpen(part)) {
    if (!part?.children.length) return;
    this.choice.set(part.id, open);
    const before = this.element(part).firstChild.getBoundingClientRect();
    const end = part.parent ? null : this.element(part).querySelector(":scope > .end");
    const drawn = this.drawing().part(part);
    if (end) drawn.append(end);
    this.element(part).replaceWith(drawn);
    this.settle();
    const after = this.element(part).firstChild.getBoundingClientRect();
    this.camera.pan(before.left - after.left, before.top - after.top);
    if (part === this.selected) this.element(part).focus({ preventScroll: true });
  }

  openAll(open) {
    for (const part of walk(this.model.roots)) if (part.children.length) this.choice.set(part.id, open || !part.parent);
    this.draw();
    this.camera.fit(false);
  }

  // Selects a part, opening what it is in; with its details if asked for.
  go(part, withDetails = false) {
    const closed = part.path.filter((above) => !this.isOpen(above));
    closed.forEach((above) => this.choice.set(above.id, true));
    if (closed.length) this.draw();
    this.selected = part;
    this.mark();
    if (withDetails || !this.panel.element.hidden) this.details();
    const element = this.element(part);
    element.focus({ preventScroll: true });
    this.camera.reveal(element.firstChild);
  }

  mark() {
    for (const element of this.canvas.querySelectorAll("[aria-selected=true]")) element.setAttribute("aria-selected", "false");
    for (const element of this.canvas.querySelectorAll("[tabindex='0']")) element.tabIndex = -1;
    const element = this.selected && this.element(this.selected);
    element?.setAttribute("aria-selected", "true");
    (element ?? this.canvas.firstChild).tabIndex = 0;
    const hits = new Set(this.hits.map((part) => part.id));
    for (const each of this.canvas.querySelectorAll(".part")) each.classList.toggle("found", hits.has(each.dataset.id));
  }

  details() {
    if (!this.selected || !this.selected.parent && this.selected === this.model.roots[0]) this.panel.overview(this.model, this.data);
    else this.panel.show(this.selected, this.data);
    this.overviewShown(!this.selected);
  }

  refreshPanel() {
    const scroll = this.panel.element.scrollTop;
    this.details();
    this.panel.element.scrollTop = scroll;
  }

  toggleOverview() {
    const shown = $("about").getAttribute("aria-expanded") === "true";
    if (shown) return this.close();
    this.selected = null;
    this.mark();
    this.details();
  }

  overviewShown(shown) {
    $("about").setAttribute("aria-expanded", String(shown));
  }

  close() {
    const inside = this.panel.element.contains(document.activeElement);
    this.panel.close();
    this.overviewShown(false);
    if (inside && this.selected) this.element(this.selected)?.focus({ preventScroll: true });
  }

  // Moves the selection among what is visible, in reading order.
  step(by) {
    const visible = [...this.canvas.querySelectorAll(".part")];
    const index = this.selected ? visible.findIndex((element) => element.dataset.id === this.selected.id) : -1;
    const next = visible[Math.min(visible.length - 1, Math.max(0, index + by))];
    this.go(this.model.parts.get(next.dataset.id));
  }

  into() {
    if (!this.selected?.children.length) return;
    if (this.isOpen(this.selected)) this.go(this.selected.children[0]);
    else this.toggle(this.selected, true);
  }

  out() {
    if (!this.selected) return;
    if (this.selected.children.length && this.isOpen(this.selected) && this.selected.parent) this.toggle(this.selected, false);
    else if (this.selected.parent) this.go(this.selected.parent);
  }

  search() {
    const wanted = $("search").value.trim().toLowerCase();
    const texts = (part) => [part.title, ...part.details, ...(this.data.settings[part.record?.settings] ?? []).flat()];
    this.hits = wanted ? [...walk(this.model.roots)].filter((part) => part.kind !== "page" && texts(part).join("\n").toLowerCase().includes(wanted)) : [];
    this.current = -1;
    this.tellHits(wanted);
    this.mark();
  }

  tellHits(wanted) {
    const place = this.current < 0 ? "" : `${this.current + 1} of `;
    $("hits").textContent = wanted ? (this.hits.length ? `${place}${this.hits.length}` : "no match") : "";
  }

  nextHit(by) {
    if (!this.hits.length) return;
    this.current = (this.current + by + this.hits.length) % this.hits.length;
    this.tellHits("yes");
    this.go(this.hits[this.current]);
    $("search").focus();
  }

  leaveSearch() {
    $("search").value = "";
    this.search();
    (this.selected ? this.element(this.selected) : this.canvas.firstChild).focus({ preventScroll: true });
  }

  pointOutNew() {
    for (const element of this.canvas.querySelectorAll(".part")) element.classList.toggle("fresh", !this.known.has(element.dataset.id));
  }

  actualSize() {
    this.camera.zoom(1 / this.camera.scale);
  }

  theme(name) {
    if (name) document.documentElement.dataset.theme = name;
  }

  switchTheme() {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    this.theme(dark ? "light" : "dark");
    stored("stepgraph-theme", dark ? "light" : "dark");
  }

  listen() {
    const clicks = {
      "zoom-in": () => this.camera.zoom(1.2),
      "zoom-out": () => this.camera.zoom(1 / 1.2),
      zoom: () => this.actualSize(),
      fit: () => this.camera.fit(),
      expand: () => this.openAll(true),
      collapse: () => this.openAll(false),
      theme: () => this.switchTheme(),
      about: () => this.toggleOverview(),
      "save-svg": () => save(`${this.data.class_name}.svg`, "image/svg+xml", drawingAsSvg(this.canvas, this.camera.scale)),
      "save-json": () => save(`${this.data.class_name}.json`, "application/json", `${JSON.stringify(this.data.graph, null, 2)}\n`),
    };
    for (const [id, action] of Object.entries(clicks)) $(id).addEventListener("click", () => this.data && action());
    $("search").addEventListener("input", () => this.data && this.search());
    this.canvas.addEventListener("click", (event) => this.click(event));
    listen(this);
  }

  click(event) {
    const card = event.target.closest(".card");
    if (!card || $("stage").classList.contains("moving")) return;
    const part = this.model.parts.get(card.parentElement.dataset.id);
    if (event.target.closest(".twist")) {
      this.toggle(part);
      return;
    }
    this.selected = part;
    this.mark();
    this.details();
    this.element(part).focus({ preventScroll: true });
  }
}

// Keeps a choice for the next visit, where the browser lets a page do that.
function stored(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function banner(problems) {
  const lines = problems.map(({ path, line, column, code, message }) => make("p", "", make("code", "", `${path}:${line}:${column}`), " ", make("strong", "", code ?? ""), ` ${message}`));
  $("problems").replaceChildren(...lines);
  $("problems").hidden = !lines.length;
}

function choose(list, current, onChoose) {
  const select = $("choices");
  select.replaceChildren(...list.map(({ value, label }) => new Option(label, value, false, value === current)));
  select.hidden = list.length < 2;
  select.onchange = () => onChoose(select.value);
}

function tell(text) {
  $("status").textContent = text;
  $("status").hidden = !text;
}

const viewer = new Viewer();
window.stepgraph = { show: (data) => viewer.show(data), problems: banner, choices: choose, status: tell };
if ($("stepgraph-data")) viewer.show(JSON.parse($("stepgraph-data").textContent));
