// A timeline of many thousand bars on a canvas: drag to move, Ctrl and the wheel to narrow, a click to open.
const box = document.getElementById("timeline");
const said = document.getElementById("timeline-said");
const LEFT = 190, ROW = 46, DAY = 86400000;
const day = (n) => new Date(n * DAY).toISOString().slice(0, 10);

async function start() {
  const { lanes, bars } = await (await fetch(box.dataset.url)).json();
  const canvas = document.createElement("canvas");
  canvas.className = "line";
  canvas.tabIndex = 0;
  canvas.setAttribute("aria-label", "Timeline: arrow keys move, plus and minus narrow and widen");
  box.append(canvas);
  const ends = bars.map((bar) => bar[1]).sort((a, b) => a - b);
  let first = ends[Math.floor(ends.length * 0.02)], last = ends[Math.floor(ends.length * 0.98)] + 7;
  let asked = 0;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim() || "#888";
  const height = lanes.length * ROW + 26;

  function draw() {
    asked = 0;
    const width = box.clientWidth, scale = devicePixelRatio || 1;
    canvas.width = width * scale; canvas.height = height * scale;
    canvas.style.height = height + "px";
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.font = "12px system-ui, sans-serif";
    const left = Math.min(LEFT, width / 3), x = (n) => left + (width - left) * (n - first) / (last - first);
    pen.strokeStyle = colour("line"); pen.fillStyle = colour("soft"); pen.textAlign = "center";
    const step = [1, 7, 14, 30, 91, 182, 365, 1826, 3652].find((days) => (last - first) / days < 9) || 36520;
    for (let n = Math.ceil(first / step) * step; n <= last; n += step) {
      pen.beginPath(); pen.moveTo(x(n), 0); pen.lineTo(x(n), height - 20); pen.stroke();
      pen.fillText(day(n), x(n), height - 6);
    }
    pen.globalAlpha = 0.4;
    const level = lanes.map(() => new Float64Array(8).fill(-Infinity));
    for (const bar of bars) {
      const a = x(bar[1]), b = Math.max(a + 2, x(bar[2] + 1));
      if (b < left || a > width) continue;
      const depth = level[bar[0]];
      let at = 0;
      while (at < 7 && depth[at] > a) at++;
      depth[at] = b;
      pen.fillStyle = colour(bar[3]);
      pen.fillRect(Math.max(a, left), bar[0] * ROW + 3 + at * 5, Math.min(b, width) - Math.max(a, left), 4);
      bar[6] = bar[0] * ROW + 3 + at * 5;
    }
    pen.globalAlpha = 1; pen.textAlign = "left"; pen.fillStyle = colour("ink");
    lanes.forEach((name, at) => {
      pen.fillText(name.length > 26 ? name.slice(0, 25) + "…" : name, 0, at * ROW + 18, left - 8);
      pen.beginPath(); pen.moveTo(0, (at + 1) * ROW - 1); pen.lineTo(width, (at + 1) * ROW - 1); pen.stroke();
    });
  }
  const again = () => { if (!asked) asked = requestAnimationFrame(draw); };
  const move = (days) => { first += days; last += days; again(); };
  const zoom = (by, middle) => { const m = middle ?? (first + last) / 2; first = m - (m - first) * by; last = m + (last - m) * by; again(); };
  const under = (event) => {
    const rect = canvas.getBoundingClientRect(), left = Math.min(LEFT, rect.width / 3);
    const px = event.clientX - rect.left, py = event.clientY - rect.top;
    const n = first + (px - left) / (rect.width - left) * (last - first);
    return { n, bar: bars.find((bar) => py >= bar[6] - 1 && py <= bar[6] + 5 && bar[1] <= n + 0.5 && bar[2] + 1 >= n - (last - first) / 300) };
  };
  let from = null;
  canvas.addEventListener("pointerdown", (event) => { from = { x: event.clientX, moved: 0 }; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (from) {
      const days = (from.x - event.clientX) / (canvas.clientWidth - LEFT) * (last - first);
      from.moved += Math.abs(event.clientX - from.x); from.x = event.clientX; move(days);
    } else {
      const { bar } = under(event);
      canvas.style.cursor = bar ? "pointer" : "grab";
      if (bar) said.textContent = `${bar[5]} · ${day(bar[1])} to ${day(bar[2])}`;
    }
  });
  canvas.addEventListener("pointerup", (event) => { if (from && from.moved < 4) { const { bar } = under(event); if (bar) location.assign("/event/" + bar[4]); } from = null; });
  canvas.addEventListener("wheel", (event) => { if (event.ctrlKey) { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 0.87, under(event).n); } }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const span = last - first;
    if (event.key === "ArrowRight") move(span / 8); else if (event.key === "ArrowLeft") move(-span / 8);
    else if (event.key === "+") zoom(0.7); else if (event.key === "-") zoom(1.4); else return;
    event.preventDefault();
  });
  new ResizeObserver(again).observe(box);
  draw();
}
start();
