// The keyboard: the diagram is a tree, and the keys are those of a tree.

function listen(viewer) {
  const keys = {
    "/": () => $("search").focus(),
    "+": () => viewer.camera.zoom(1.2),
    "=": () => viewer.camera.zoom(1.2),
    "-": () => viewer.camera.zoom(1 / 1.2),
    0: () => viewer.actualSize(),
    f: () => viewer.camera.fit(),
    e: () => viewer.openAll(true),
    c: () => viewer.openAll(false),
    t: () => viewer.switchTheme(),
    "?": () => viewer.toggleOverview(),
    Escape: () => viewer.close(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (!viewer.data || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = event.target.closest("#canvas") ? treeKeys(viewer)[event.key] ?? keys[key] : keys[key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") viewer.nextHit(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") viewer.leaveSearch();
    else return;
    event.preventDefault();
  });
}

function treeKeys(viewer) {
  return {
    ArrowDown: () => viewer.step(1),
    ArrowUp: () => viewer.step(-1),
    ArrowRight: () => viewer.into(),
    ArrowLeft: () => viewer.out(),
    Home: () => viewer.step(-Infinity),
    End: () => viewer.step(Infinity),
    Enter: () => viewer.details(),
    " ": () => viewer.toggle(viewer.selected),
  };
}
