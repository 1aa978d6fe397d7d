// Pan and zoom: one transform of the canvas.

class Camera {
  constructor(stage, canvas, changed) {
    Object.assign(this, { stage, canvas, changed, x: 0, y: 0, scale: 1 });
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.grab(event));
  }

  apply() {
    this.canvas.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.changed(this.scale);
  }

  pan(x, y) {
    this.x += x;
    this.y += y;
    this.apply();
  }

  // Zooms around a point of the stage, by default its middle.
  zoom(factor, x = this.stage.clientWidth / 2, y = this.stage.clientHeight / 2) {
    const scale = Math.min(3, Math.max(0.02, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.apply();
  }

  // Shows all of it; or, if it is too large to be read then, its beginning. `whole`: all of it in any case.
  fit(whole = true) {
    const [width, height] = [this.canvas.offsetWidth, this.canvas.offsetHeight];
    const fitting = Math.min((this.stage.clientWidth - 48) / width, (this.stage.clientHeight - 48) / height, 1);
    this.scale = Math.max(0.02, whole || fitting > 0.6 ? fitting : Math.min(1, Math.max(0.6, (this.stage.clientWidth - 48) / width)));
    this.x = Math.max((this.stage.clientWidth - width * this.scale) / 2, 24);
    this.y = Math.max((this.stage.clientHeight - height * this.scale) / 2, 24);
    this.apply();
  }

  // Moves an element into view, if it is not well inside; its start if it is larger than the view.
  reveal(element) {
    const [box, view] = [element.getBoundingClientRect(), this.stage.getBoundingClientRect()];
    this.pan(inward(box.left, box.right, view.left, view.right), inward(box.top, box.bottom, view.top, view.bottom));
  }

  wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      const box = this.stage.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * unit * 0.005), event.clientX - box.left, event.clientY - box.top);
    } else if (event.shiftKey && !event.deltaX) this.pan(-event.deltaY * unit, 0);
    else this.pan(-event.deltaX * unit, -event.deltaY * unit);
  }

  grab(event) {
    if (event.button !== 0 && event.button !== 1) return;
    let [x, y] = [event.clientX, event.clientY];
    const start = { x, y };
    const move = (moved) => {
      if (Math.hypot(moved.clientX - start.x, moved.clientY - start.y) > 4) this.stage.classList.add("moving");
      this.pan(moved.clientX - x, moved.clientY - y);
      [x, y] = [moved.clientX, moved.clientY];
    };
    const drop = () => {
      window.removeEventListener("pointermove", move);
      setTimeout(() => this.stage.classList.remove("moving"));
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", drop, { once: true });
    window.addEventListener("pointercancel", drop, { once: true });
  }
}

function inward(start, end, low, high) {
  const margin = 40;
  if (start >= low + margin && end <= high - margin) return 0;
  return end - start > high - low - 2 * margin ? low + margin - start : (low + high - start - end) / 2;
}
