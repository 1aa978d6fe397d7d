// The page under `stepgraph serve`: the list of workflows, and the stream of events that keeps the viewer up to date.

"use strict";
(() => {
  const RETRY = 1000; // milliseconds until a browser that gave up the stream is made to ask again
  const LANGUAGES = { javascript: "JavaScript", python: "Python" };

  let stream = null;
  const state = { project: null, current: null, shown: null };
  const list = element("ul");
  const notes = element("ul", "notes");
  const configuration = element("section", "", heading("Configuration"), notes);
  const nav = element("nav", "", heading("Workflows"), list, configuration);
  const notice = element("p", "notice");
  nav.id = "workflows";
  nav.setAttribute("aria-label", "Workflows");
  notice.id = "notice";
  notice.setAttribute("role", "status");
  document.querySelector("main").prepend(nav);
  document.getElementById("stage").append(notice);

  function element(tag, name = "", ...children) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  }

  function heading(text) {
    return element("h2", "", text);
  }

  // Listens while the page can be seen: a browser has six connections for a server, and each open page takes one.
  function listen() {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      connect();
    }
  }

  function connect() {
    status("connecting", "connecting");
    const opened = new EventSource("events");
    opened.onopen = () => status("live", "live");
    opened.onmessage = (event) => update(JSON.parse(event.data));
    opened.onerror = () => {
      status("lost", "connection lost, trying again");
      if (opened.readyState !== EventSource.CLOSED) return; // the browser asks again by itself
      stream = null;
      setTimeout(listen, RETRY);
    };
    stream = opened;
  }

  function status(name, text) {
    document.getElementById("status").dataset.state = name;
    stepgraph.status(text);
  }

  function update(project) {
    state.project = project;
    stepgraph.problems(project.problems);
    notes.replaceChildren(...project.findings.map(note));
    configuration.hidden = !project.findings.length;
    choose(wanted());
  }

  // The workflow the address names, if it is still there, else the first that has a graph.
  function wanted() {
    const name = decodeURIComponent(location.hash.slice(1));
    const { workflows } = state.project;
    return workflows.find((each) => each.name === name && each.found) ?? workflows.find((each) => each.found) ?? null;
  }

  function choose(workflow) {
    state.current = workflow;
    if (workflow) history.replaceState(null, "", `#${encodeURIComponent(workflow.name)}`);
    const { workflows, path } = state.project;
    list.replaceChildren(...workflows.map(item));
    const choices = workflows.filter((each) => each.found).map(({ name }) => ({ value: name, label: name }));
    stepgraph.choices(choices, workflow?.name, go);
    tell(workflow ? (workflow.stale ? "As it was before the error" : "") : `No workflow in ${path}. It will be drawn here once there is one.`);
    document.body.classList.toggle("empty", !workflow);
    if (workflow && state.shown !== `${workflow.name} ${workflow.digest}`) fetchView(workflow);
  }

  function go(name) {
    location.hash = encodeURIComponent(name);
  }

  function tell(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  async function fetchView(workflow) {
    try {
      const answer = await fetch(`views/${encodeURIComponent(workflow.name)}`);
      if (!answer.ok || workflow !== state.current) return; // another event is on its way, or has come
      stepgraph.show(await answer.json());
      state.shown = `${workflow.name} ${workflow.digest}`;
    } catch {
      status("lost", "connection lost, trying again"); // the stream has ended too, and says so again when it is back
    }
  }

  function item(workflow) {
    const { name, class_name: className, place, found, stale, steps, language, findings } = workflow;
    const title = element("span", "name", name, ...Object.entries(findings).map(badge));
    const lines = [title];
    if (name !== className) lines.push(element("span", "", `class ${className}`));
    lines.push(element("span", "where", place));
    const words = found ? `${LANGUAGES[language]}, ${steps} ${steps === 1 ? "step" : "steps"}` : "no such class in the source";
    lines.push(element("span", "", words));
    if (stale) lines.push(element("span", "stale", "has an error now"));
    const button = element("button", "", ...lines);
    button.disabled = !found;
    button.dataset.workflow = name;
    button.addEventListener("click", () => go(name));
    if (workflow !== state.current) return element("li", "", button);
    button.setAttribute("aria-current", "true");
    return element("li", "", button, ...(Object.keys(findings).length ? [opener()] : []));
  }

  // Leads to the findings of the workflow shown, in the viewer's overview.
  function opener() {
    const button = element("button", "opener", "Show findings");
    button.addEventListener("click", () => {
      const about = document.getElementById("about");
      if (about.getAttribute("aria-expanded") !== "true") about.click();
    });
    return button;
  }

  function badge([severity, count]) {
    const made = element("span", `badge ${severity}`, String(count));
    made.title = `${count} ${severity} ${count === 1 ? "finding" : "findings"}`;
    made.setAttribute("aria-label", made.title);
    return made;
  }

  function note({ path, line, column, code, message, severity }) {
    return element("li", severity, element("code", "", `${path}:${line}:${column}`), " ", element("strong", "", code), ` ${message}`);
  }

  addEventListener("hashchange", () => state.project && choose(wanted()));
  document.addEventListener("visibilitychange", listen);
  listen();
})();
