// The map: a base of Natural Earth, happenings in clusters, and the reach of the chosen one. Nothing from outside unless it was set.
const box = document.getElementById("map"), sheet = document.getElementById("sheet");
const MOST_PLACES = 300;
const DAY = 86400000, day = (n) => new Date(n * DAY).toISOString().slice(0, 10);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const here = (path) => new URL(path, location.href).href;
const empty = () => ({ type: "FeatureCollection", features: [] });
const element = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });

// The worker blob of the ordinary build is against the content policy: this build takes a file.
maplibregl.setWorkerUrl(here("/vendor/maplibre/maplibre-gl-csp-worker.js"));
maplibregl.prewarm();  // while the places are on their way

const get = async (url) => { const answer = await fetch(url); if (!answer.ok) throw new Error(answer.status); return answer.json(); };

function base() {
  const sources = {}, layers = [{ id: "sea", type: "background", paint: { "background-color": colour("wash") } }];
  if (box.dataset.tiles === "pictures") {
    sources.pictures = { type: "raster", tiles: [box.dataset.address], tileSize: 256 };
    layers.push({ id: "pictures", type: "raster", source: "pictures" });
  }
  return { version: 8, sources, layers };
}

// The countries come after the happenings: both go through one worker, and what the record tells is not to wait for coasts.
function ground(map) {
  const above = map.getLayer("pictures") ? "pictures" : "reach";
  map.addSource("ground", { type: "geojson", data: here("/ground.json"), attribution: "Natural Earth" });
  map.addLayer({ id: "land", type: "fill", source: "ground", paint: { "fill-color": colour("paper") } }, above);
  map.addLayer({ id: "borders", type: "line", source: "ground", paint: { "line-color": colour("faint"), "line-width": 0.8, "line-opacity": 0.6 } }, above);
}

async function start() {
  const data = await get(box.dataset.url);
  const points = Object.entries(data.places);
  if (!points.length) { box.replaceWith(element("p", "No place of the record has a point on the map.", { className: "none" })); return; }
  const count = {};
  for (const [id, spans] of Object.entries(data.told)) for (let at = 2; at < spans.length; at += 3) count[id] = (count[id] || 0) + spans[at];
  const weights = points.map(([id, place]) => [place, count[id] || 0]).sort((a, b) => b[1] - a[1]).slice(0, 25);
  const bounds = new maplibregl.LngLatBounds();
  const [lon, lat] = weights[0][0];
  for (const [place] of weights) if (Math.abs(place[0] - lon) < 6 && Math.abs(place[1] - lat) < 4) bounds.extend([place[0], place[1]]);

  const map = new maplibregl.Map({ container: box, style: base(), bounds, fitBoundsOptions: { padding: 70, maxZoom: 10 }, attributionControl: { compact: true }, renderWorldCopies: false, maxPitch: 0 });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  window.tidingsMap = map;
  // Happenings are drawn as soon as the map can take them, and not only when its base has come.
  await new Promise((ready) => map.once("style.load", ready));

  const [a, b] = [document.getElementById("from"), document.getElementById("to")];
  const undated = document.getElementById("undated");
  const firsts = Object.values(data.told).flatMap((spans) => spans.filter((_, at) => at % 3 === 0).map((first, at) => first ?? spans[3 * at + 1])).filter((n) => n !== null).sort((x, y) => x - y);
  const low = firsts[Math.floor(firsts.length * 0.02)] ?? 0, high = firsts[Math.max(0, Math.ceil(firsts.length * 0.98) - 1)] ?? 1;
  for (const field of [a, b]) { field.min = low; field.max = Math.max(high, low + 1); }
  a.value = low; b.value = b.max;

  const between = () => { const from = Math.min(+a.value, +b.value), to = Math.max(+a.value, +b.value); return [from, to, from <= low && to >= +b.max, undated.checked]; };

  // One point for each place with the number of its happenings that can have been between the days: the map adds up numbers, and
  // knows nothing of single happenings until somebody asks for those of a place.
  function chosen() {
    const [from, to, whole, open] = between();
    document.getElementById("from-said").textContent = day(from);
    document.getElementById("to-said").textContent = day(to);
    const features = [];
    for (const [id, spans] of Object.entries(data.told)) {
      const at = data.places[id];
      let n = 0;
      for (let row = 0; row < spans.length; row += 3) {
        const first = spans[row], last = spans[row + 1];
        if (first === null && last === null ? open : whole || ((first ?? -1e9) <= to && (last ?? 1e9) >= from)) n += spans[row + 2];
      }
      if (at && n) features.push({ type: "Feature", geometry: { type: "Point", coordinates: [at[0], at[1]] }, properties: { id, n, name: at[2] } });
    }
    return { type: "FeatureCollection", features };
  }

  map.addSource("told", { type: "geojson", data: chosen(), cluster: true, clusterRadius: 46, maxzoom: 20, clusterMaxZoom: 19, clusterProperties: { n: ["+", ["get", "n"]] } });
  map.addSource("reach", { type: "geojson", data: empty() });
  map.addSource("names", { type: "geojson", data: { type: "FeatureCollection", features: points.map(([id, p]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [p[0], p[1]] }, properties: { name: p[2], n: count[id] || 0 } })) } });
  map.addLayer({ id: "reach", type: "fill", source: "reach", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("accent"), "fill-opacity": 0.16 } });
  map.addLayer({ id: "reach-line", type: "line", source: "reach", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colour("accent"), "line-width": 1.6, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "clusters", type: "circle", source: "told", paint: { "circle-color": colour("event"), "circle-opacity": 0.55, "circle-stroke-color": colour("event"), "circle-stroke-width": 1.5, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 6, 30, 34] } });
  map.addLayer({ id: "dots", type: "circle", source: "names", filter: [">", ["get", "n"], 0], paint: { "circle-radius": 2.2, "circle-color": colour("ink"), "circle-opacity": 0.7 } });
  map.addLayer({ id: "reach-point", type: "circle", source: "reach", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": colour("accent"), "circle-stroke-color": colour("paper"), "circle-stroke-width": 2 } });
  ground(map);
  if (box.dataset.tiles === "pmtiles") ownTiles(map);
  towns(map, data);
  labels(map, points, count, data.towns, data.lands);
  const moving = flows(map, data.flows, between);

  const redraw = () => { map.getSource("told").setData(chosen()); moving(); };
  for (const field of [a, b, undated]) field.addEventListener("input", redraw);
  const show = async (id) => {
    const held = await get(`/event/${encodeURIComponent(id)}/place.json`);
    map.getSource("reach").setData({ type: "FeatureCollection", features: held.features });
    return held;
  };
  map.on("click", "clusters", async (event) => {
    const feature = event.features[0], source = map.getSource("told");
    const leaves = feature.properties.cluster_id ? await source.getClusterLeaves(feature.properties.cluster_id, MOST_PLACES, 0) : [feature];
    const [from, to, whole, open] = between(), asked = new URLSearchParams(leaves.map((leaf) => ["place", leaf.properties.id]));
    asked.set("undated", open);
    asked.set("kind", new URL(here(box.dataset.url)).searchParams.get("kind") || "");
    if (!whole) { asked.set("since", day(from)); asked.set("until", day(to)); }
    const held = await get("/map/here.json?" + asked);
    list(held, show);
    if (held.n === 1) show(held.events[0].id);
  });
  map.on("mouseenter", "clusters", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "clusters", () => { map.getCanvas().style.cursor = ""; });
  if (box.dataset.event) {
    const held = await show(box.dataset.event);
    const around = new maplibregl.LngLatBounds();
    const walk = (c) => typeof c[0] === "number" ? around.extend(c) : c.forEach(walk);
    held.features.forEach((feature) => walk(feature.geometry.coordinates));
    if (!around.isEmpty()) map.fitBounds(around, { padding: 60, maxZoom: 12, duration: 0 });
  }
  box.dataset.ready = "yes";
}

function list(held, show) {
  const rows = held.events.map((one) => {
    const row = element("li", "");
    const button = element("button", "show its reach", { type: "button" });
    button.addEventListener("click", () => show(one.id));
    row.append(element("a", one.title, { href: "/event/" + encodeURIComponent(one.id), dir: "auto" }), " ", button);
    return row;
  });
  const ul = element("ul", "", { className: "plain" });
  ul.append(...rows);
  sheet.replaceChildren(element("h2", `${held.n.toLocaleString("en")} happening${held.n === 1 ? "" : "s"} here`), ul);
  if (held.n > rows.length) sheet.append(element("p", `The first ${rows.length} by their days are listed.`, { className: "small" }));
}

// The larger towns around, so that a reader knows where he is; those that the record tells of have their own marks.
function towns(map, data) {
  const own = new Set(Object.values(data.places).map((place) => place[0].toFixed(2) + place[1].toFixed(2)));
  data.towns = data.towns.filter(([lon, lat]) => !own.has(lon.toFixed(2) + lat.toFixed(2)));
  map.addSource("towns", { type: "geojson", data: { type: "FeatureCollection", features: data.towns.map(([lon, lat]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: {} })) } });
  map.addLayer({ id: "towns", type: "circle", source: "towns", paint: { "circle-radius": 2.4, "circle-color": colour("paper"), "circle-stroke-color": colour("faint"), "circle-stroke-width": 1 } }, "reach");
}

// People on the move as bent lines from where they left to where they went, as wide as the number that is said, an arrow at the middle.
function flows(map, rows, when) {
  const size = 18, canvas = Object.assign(document.createElement("canvas"), { width: size, height: size }), pen = canvas.getContext("2d");
  pen.fillStyle = colour("displacement") || colour("accent");
  pen.beginPath(); pen.moveTo(size, size / 2); pen.lineTo(2, 2); pen.lineTo(2, size - 2); pen.fill();
  map.addImage("arrow", pen.getImageData(0, 0, size, size));
  const bent = (x, y, to, up) => {
    const points = [];
    for (let step = 0; step <= 16; step++) {
      const t = step / 16, side = 0.18 * 4 * t * (1 - t);
      points.push([x + (to - x) * t - (up - y) * side, y + (up - y) * t + (to - x) * side]);
    }
    return points;
  };
  const drawn = () => {
    const [from, to, whole, undated] = when(), on = document.getElementById("flows").checked;
    const features = [];
    for (const [id, x, y, goal, up, least, most, title, first, last] of on ? rows : []) {
      if (first !== null || last !== null ? !whole && ((first ?? -1e9) > to || (last ?? 1e9) < from) : !undated) continue;
      features.push({ type: "Feature", geometry: { type: "LineString", coordinates: bent(x, y, goal, up) }, properties: { id, title, n: least ?? most ?? 1 } });
    }
    return { type: "FeatureCollection", features };
  };
  map.addSource("flows", { type: "geojson", data: drawn() });
  const ink = colour("displacement") || colour("accent");
  map.addLayer({ id: "flows", type: "line", source: "flows", layout: { "line-cap": "round" }, paint: { "line-color": ink, "line-opacity": 0.6, "line-width": ["interpolate", ["linear"], ["log10", ["max", 1, ["get", "n"]]], 0, 1.5, 6, 11] } }, "clusters");
  map.addLayer({ id: "arrows", type: "symbol", source: "flows", layout: { "symbol-placement": "line-center", "icon-image": "arrow", "icon-allow-overlap": true, "icon-rotation-alignment": "map" } });
  const redraw = () => map.getSource("flows").setData(drawn());
  document.getElementById("flows").addEventListener("input", redraw);
  map.on("click", "flows", (event) => {
    const ul = element("ul", "", { className: "plain" });
    const seen = new Map(event.features.map((one) => [one.properties.id + one.properties.title, one.properties]));
    for (const one of seen.values()) { const row = element("li", ""); row.append(element("a", one.title, { href: "/why/" + encodeURIComponent(one.id), dir: "auto" })); ul.append(row); }
    sheet.replaceChildren(element("h2", "People on the move"), ul);
  });
  map.on("mouseenter", "flows", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "flows", () => { map.getCanvas().style.cursor = ""; });
  return redraw;
}

// Names are drawn by the page and not by the map: the map would need fonts from outside, and the page's are right in every script.
function labels(map, points, count, around, countries) {
  const told = points.filter(([id]) => count[id]).sort((x, y) => count[y[0]] - count[x[0]]).slice(0, 60).map(([, place]) => [place[0], place[1], place[2], "place-name", 10]);
  const towns = around.slice(0, 40).map(([lon, lat, name]) => [lon, lat, name, "place-name town", 8]);
  const lands = countries.map(([name, lon, lat, wide]) => [lon, lat, name, "place-name land", 0, wide]);
  // What the record tells of is named first, then countries, then the towns around; whatever has no room is left out.
  const markers = [...told, ...lands, ...towns].map(([lon, lat, words, className, gap, wide]) => {
    const name = element("span", words, { className, dir: "auto", hidden: true });
    const marker = new maplibregl.Marker({ element: name, anchor: gap ? "left" : "center", offset: [gap, 0] }).setLngLat([lon, lat]).addTo(map);
    // The library makes every marker a button called "Map marker"; a name is only read.
    for (const one of ["role", "aria-label", "tabindex"]) name.removeAttribute(one);
    return [marker, gap, wide];
  });
  const tidy = () => {
    const taken = [], zoom = map.getZoom(), { width: right, height: bottom } = box.getBoundingClientRect();
    for (const [marker, gap, wide] of markers) {
      const at = map.project(marker.getLngLat()), name = marker.getElement();
      const width = 20 + name.textContent.length * 7, left = gap ? at.x : at.x - width / 2;
      const seen = at.x > -width && at.y > -20 && at.x < right + width && at.y < bottom + 20;
      const fits = wide === undefined || (zoom < 8 && Math.sqrt(wide) * 2 ** zoom > width * 0.7);
      const free = seen && fits && taken.every(([x, y, w]) => Math.abs(at.y - y) > 17 || left > x + w || left + width < x);
      name.hidden = !free;
      if (free) taken.push([left, at.y, width]);
    }
  };
  map.on("moveend", tidy);
  tidy();
}

async function ownTiles(map) {
  const archive = new pmtiles.PMTiles("/tiles.pmtiles");
  const protocol = new pmtiles.Protocol();
  protocol.add(archive);
  maplibregl.addProtocol("pmtiles", protocol.tile);
  const header = await archive.getHeader();
  if (header.tileType === 1) {
    const about = await archive.getMetadata();
    map.addSource("own", { type: "vector", url: "pmtiles://" + "/tiles.pmtiles" });
    for (const layer of about.vector_layers || []) {
      map.addLayer({ id: "own-" + layer.id, type: "line", source: "own", "source-layer": layer.id, paint: { "line-color": colour("faint"), "line-width": 0.7 } }, "reach");
    }
  } else {
    map.addSource("own", { type: "raster", url: "pmtiles://" + "/tiles.pmtiles", tileSize: 256 });
    map.addLayer({ id: "own", type: "raster", source: "own" }, "reach");
  }
}

start().catch((error) => { box.replaceWith(element("p", `The map could not be drawn (${error.message}). The places stand in the table below.`, { className: "none" })); });
