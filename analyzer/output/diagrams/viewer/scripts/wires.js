// Curves between what forks and its branches, drawn where the browser has put them.

// Draws the wires of every fork below an element: first all places are read, then all curves are written.
function wire(canvas, scale) {
  const forks = [...canvas.querySelectorAll(".fork")].map((fork) => ({ fork, curves: curves(fork, scale) }));
  for (const { fork, curves: found } of forks) {
    fork.querySelector(":scope > .wires")?.remove();
    if (found.length) fork.prepend(vector("svg", { class: "wires", "aria-hidden": "true" }, ...found));
  }
}

function curves(fork, scale) {
  const around = fork.getBoundingClientRect();
  const [middle, bottom] = [around.width / scale / 2, around.height / scale];
  const joins = fork.dataset.joins?.split(",");
  const above = new Map(); // by column: where the one before in it ends
  return [...fork.children].filter((child) => !child.matches(".wires")).flatMap((child, index) => {
    const box = placeOf(child, around, scale);
    const { first, last, column } = child.dataset;
    const found = [];
    if (first !== "0") found.push(curve(middle, 0, box.x, box.top, child.querySelector(":scope > .floating") ? "dotted" : ""));
    else found.push(curve(box.x, above.get(column) ?? box.top - 20, box.x, box.top, ""));
    if (joins ? joins[index] === "1" : last === "1") found.push(curve(box.x, box.bottom, middle, bottom, ""));
    if (!child.querySelector(":scope > .floating")) above.set(column, box.bottom);
    return found;
  });
}

// The middle, top and bottom of what is drawn in a child of a fork, from the fork's own corner.
function placeOf(child, around, scale) {
  const seen = child.classList.contains("lane") ? child.firstChild : child;
  const box = seen.getBoundingClientRect();
  const at = (value, origin) => (value - origin) / scale;
  return { x: at(box.left + box.width / 2, around.left), top: at(box.top, around.top), bottom: at(box.bottom, around.top) };
}

function curve(x1, y1, x2, y2, classes) {
  const bend = Math.min(22, Math.abs(y2 - y1) / 2);
  const straight = y2 - y1 - 2 * bend;
  const falls = y1 === 0 ? "" : `V${round(y1 + straight)}`; // a join runs straight down first, then to the side
  const y = y1 === 0 ? y1 : y1 + straight;
  const end = y + 2 * bend;
  const path = `M${round(x1)} ${round(y1)}${falls}C${round(x1)} ${round(y + bend)} ${round(x2)} ${round(end - bend)} ${round(x2)} ${round(end)}V${round(y2)}`;
  return vector("path", { d: path, class: classes });
}

const round = (value) => Math.round(value * 10) / 10;
