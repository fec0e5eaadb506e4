// Keys and small comforts. Everything on the pages works without this file.
const typing = (target) => target instanceof HTMLElement && (target.matches("input, select, textarea") || target.isContentEditable);
const items = () => [...document.querySelectorAll(".item")];
let at = -1;

function go(step) {
  const held = items();
  if (!held.length) return;
  at = Math.min(Math.max(at + step, 0), held.length - 1);
  choose(held[at]);
}

function choose(item) {
  for (const one of items()) one.classList.toggle("at", one === item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const held = items();
  const item = held[at];
  if (!item) return false;
  if (key === "o") {
    const link = item.querySelector('a[href^="/report/"]') || item.querySelector('a[href^="/entity/"]');
    if (link) location.assign(link.href);
    return Boolean(link);
  }
  if (key === "r") {
    const field = item.querySelector('input[name="reason"][type="text"]');
    if (field) field.select();
    return Boolean(field);
  }
  const button = item.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  button.click();
  const details = button.closest("details");
  if (details && button.tagName === "SUMMARY") details.querySelector("input:not([type=hidden]), select")?.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    items()[at]?.focus({ preventScroll: true });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const help = document.getElementById("help");
  if (event.key === "?" && help) {
    event.preventDefault();
    if (help.open) help.close(); else help.showModal();
  } else if (event.key === "/") {
    event.preventDefault();
    const field = document.getElementById("q");
    if (field) field.focus(); else location.assign("/search");
  } else if (items().length && !help?.open) {
    if (event.key === "j") { event.preventDefault(); go(1); }
    else if (event.key === "k") { event.preventDefault(); go(-1); }
    else if ("axemuro".includes(event.key) && press(event.key)) event.preventDefault();
  }
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.(".item");
  if (item) { at = items().indexOf(item); for (const one of items()) one.classList.toggle("at", one === item); }
});

// A decided card is put in the place of the old one: the place in the queue stays where it was.
document.addEventListener("htmx:after:swap", () => {
  const held = items();
  if (at >= 0 && held[at]) choose(held[at]);
});

// A slider of days fills both dates with one day and asks again: how the parties stood on it, who held what.
for (const slider of document.querySelectorAll("input[data-days]")) {
  const form = slider.form, said = form.querySelector("output"), day = (n) => new Date(n * 86400000).toISOString().slice(0, 10);
  const { since, until } = form.elements;
  if (since.value && since.value === until.value) { slider.value = Date.parse(since.value) / 86400000; said.textContent = since.value; }
  slider.addEventListener("input", () => { said.textContent = day(+slider.value); });
  slider.addEventListener("change", () => { since.value = until.value = day(+slider.value); form.requestSubmit(); });
}

// On a narrow screen the menu is one line: the room that is open is brought into sight.
const nav = document.querySelector(".side nav"), current = nav?.querySelector("[aria-current]");
if (current && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = current.offsetLeft - nav.clientWidth / 3;

if (items().length) go(1);
