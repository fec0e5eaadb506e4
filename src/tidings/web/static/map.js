// The map: a base of Natural Earth, happenings in clusters, and the reach of the chosen one. Nothing from outside unless it was set.
const box = document.getElementById("map"), sheet = document.getElementById("sheet");
const DAY = 86400000, day = (n) => new Date(n * DAY).toISOString().slice(0, 10);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const here = (path) => new URL(path, location.href).href;
const empty = () => ({ type: "FeatureCollection", features: [] });
const element = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });

// The worker blob of the ordinary build is against the content policy: this build takes a file.
maplibregl.setWorkerUrl(here("/vendor/maplibre/maplibre-gl-csp-worker.js"));

const get = async (url) => { const answer = await fetch(url); if (!answer.ok) throw new Error(answer.status); return answer.json(); };

function base() {
  const sources = { ground: { type: "geojson", data: "/ground.json", attribution: "Natural Earth" } };
  const layers = [
    { id: "sea", type: "background", paint: { "background-color": colour("wash") } },
    { id: "land", type: "fill", source: "ground", paint: { "fill-color": colour("paper") } },
    { id: "borders", type: "line", source: "ground", paint: { "line-color": colour("faint"), "line-width": 0.8, "line-opacity": 0.6 } },
  ];
  if (box.dataset.tiles === "pictures") {
    sources.pictures = { type: "raster", tiles: [box.dataset.address], tileSize: 256 };
    layers.push({ id: "pictures", type: "raster", source: "pictures" });
  }
  return { version: 8, sources, layers };
}

async function start() {
  const data = await get(box.dataset.url);
  const points = Object.entries(data.places);
  if (!points.length) { box.replaceWith(element("p", "No place of the record has a point on the map.", { className: "none" })); return; }
  const count = {};
  for (const event of data.events) count[event[0]] = (count[event[0]] || 0) + 1;
  const weights = points.map(([id, place]) => [place, count[id] || 0]).sort((a, b) => b[1] - a[1]).slice(0, 25);
  const bounds = new maplibregl.LngLatBounds();
  const [lon, lat] = weights[0][0];
  for (const [place] of weights) if (Math.abs(place[0] - lon) < 6 && Math.abs(place[1] - lat) < 4) bounds.extend([place[0], place[1]]);

  const map = new maplibregl.Map({ container: box, style: base(), bounds, fitBoundsOptions: { padding: 70, maxZoom: 10 }, attributionControl: { compact: true }, renderWorldCopies: false, maxPitch: 0 });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  window.tidingsMap = map;
  await new Promise((ready) => map.once("load", ready));
  if (box.dataset.tiles === "pmtiles") ownTiles(map);

  const [a, b] = [document.getElementById("from"), document.getElementById("to")];
  const undated = document.getElementById("undated");
  const firsts = data.events.map((e) => e[4] ?? e[5]).filter((n) => n !== null).sort((x, y) => x - y);
  const low = firsts[Math.floor(firsts.length * 0.02)] ?? 0, high = firsts[Math.max(0, Math.ceil(firsts.length * 0.98) - 1)] ?? 1;
  for (const field of [a, b]) { field.min = low; field.max = Math.max(high, low + 1); }
  a.value = low; b.value = b.max;

  function chosen() {
    const from = Math.min(+a.value, +b.value), to = Math.max(+a.value, +b.value), whole = from <= low && to >= +b.max;
    document.getElementById("from-said").textContent = day(from);
    document.getElementById("to-said").textContent = day(to);
    const features = [];
    for (const [place, id, kind, title, first, last] of data.events) {
      const at = data.places[place];
      if (!at) continue;
      const known = first !== null || last !== null;
      if (known ? !whole && ((first ?? -1e9) > to || (last ?? 1e9) < from) : !undated.checked) continue;
      features.push({ type: "Feature", geometry: { type: "Point", coordinates: [at[0], at[1]] }, properties: { id, kind, title, place, name: at[2] } });
    }
    return { type: "FeatureCollection", features };
  }

  map.addSource("told", { type: "geojson", data: chosen(), cluster: true, clusterRadius: 46, maxzoom: 20, clusterMaxZoom: 19 });
  map.addSource("reach", { type: "geojson", data: empty() });
  map.addSource("names", { type: "geojson", data: { type: "FeatureCollection", features: points.map(([id, p]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [p[0], p[1]] }, properties: { name: p[2], n: count[id] || 0 } })) } });
  map.addLayer({ id: "reach", type: "fill", source: "reach", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("accent"), "fill-opacity": 0.16 } });
  map.addLayer({ id: "reach-line", type: "line", source: "reach", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colour("accent"), "line-width": 1.6, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "clusters", type: "circle", source: "told", paint: { "circle-color": colour("event"), "circle-opacity": 0.55, "circle-stroke-color": colour("event"), "circle-stroke-width": 1.5, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["coalesce", ["get", "point_count"], 1]], 1, 6, 30, 34] } });
  map.addLayer({ id: "dots", type: "circle", source: "names", filter: [">", ["get", "n"], 0], paint: { "circle-radius": 2.2, "circle-color": colour("ink"), "circle-opacity": 0.7 } });
  map.addLayer({ id: "reach-point", type: "circle", source: "reach", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": colour("accent"), "circle-stroke-color": colour("paper"), "circle-stroke-width": 2 } });
  labels(map, points, count);

  const redraw = () => map.getSource("told").setData(chosen());
  for (const field of [a, b, undated]) field.addEventListener("input", redraw);
  const show = async (id) => {
    const held = await get(`/event/${encodeURIComponent(id)}/place.json`);
    map.getSource("reach").setData({ type: "FeatureCollection", features: held.features });
    return held;
  };
  map.on("click", "clusters", async (event) => {
    const feature = event.features[0], source = map.getSource("told");
    const leaves = feature.properties.cluster_id ? await source.getClusterLeaves(feature.properties.cluster_id, 60, 0) : [feature];
    list(leaves.map((leaf) => leaf.properties), feature.properties.point_count || 1, show);
    if (leaves.length === 1) show(leaves[0].properties.id);
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
  if (data.left_out) sheet.append(element("p", `${data.left_out.toLocaleString("en")} further happenings are not drawn: choose a kind to see fewer at once.`, { className: "small" }));
  box.dataset.ready = "yes";
}

function list(held, number, show) {
  const rows = held.map((one) => {
    const row = element("li", "");
    const button = element("button", "show its reach", { type: "button" });
    button.addEventListener("click", () => show(one.id));
    row.append(element("a", one.title, { href: "/event/" + encodeURIComponent(one.id), dir: "auto" }), " ", button);
    return row;
  });
  const ul = element("ul", "", { className: "plain" });
  ul.append(...rows);
  sheet.replaceChildren(element("h2", `${number} happening${number === 1 ? "" : "s"} here`), ul);
}

// Names are drawn by the page and not by the map: the map would need fonts from outside, and the page's are right in every script.
function labels(map, points, count) {
  const ordered = points.filter(([id]) => count[id]).sort((x, y) => count[y[0]] - count[x[0]]).slice(0, 60);
  const markers = ordered.map(([, place]) => {
    const name = element("span", place[2], { className: "place-name", dir: "auto" });
    const marker = new maplibregl.Marker({ element: name, anchor: "left", offset: [10, 0] }).setLngLat([place[0], place[1]]).addTo(map);
    // The library makes every marker a button called "Map marker"; a name is only read.
    for (const one of ["role", "aria-label", "tabindex"]) name.removeAttribute(one);
    return marker;
  });
  const tidy = () => {
    const taken = [];
    for (const marker of markers) {
      const at = map.project(marker.getLngLat()), name = marker.getElement();
      const width = 20 + name.textContent.length * 7;
      const free = taken.every(([x, y, w]) => Math.abs(at.y - y) > 17 || at.x > x + w || at.x + width < x);
      name.hidden = !free;
      if (free) taken.push([at.x, at.y, width]);
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
