/* Shows on each row what is noted in this browser, and how far each chapter has come. */
import { said, tell } from "./said.js";

const store = window.assessment;
const panel = document.getElementById("assessment");
const template = document.getElementById("standing-template");
const ofStatus = document.getElementById("of-status");
const PARTS = ["in place", "partly", "planned", "not in place", "not applicable"];
const MORE = ["provision", "comment", "body", "date", "assistance"];
const DATE = /^\d{4}(?:-(\d{2})(?:-(\d{2}))?)?$/;

const idsIn = (text) => text.split(" ").filter(Boolean);

const chapters = [...document.querySelectorAll("#progress li")].map((item) => ({
  item,
  rows: idsIn(item.dataset.rows),
  others: idsIn(item.dataset.others),
}));

const known = new Set(chapters.flatMap(({ rows, others }) => [...rows, ...others]));

/* --- rows --------------------------------------------------------------------------------- */

const rowsShown = () => [...document.querySelectorAll("#rows .row")];

const isDate = (text) => {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const day = new Date(`${text}-01-01`.slice(0, 10));
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
};

const checkDate = (field) => {
  const bad = field.value !== "" && !isDate(field.value.trim());
  const told = field.parentElement.querySelector(".bad");
  field.setAttribute("aria-invalid", String(bad));
  told.textContent = bad ? said("bad_date") : "";
  told.hidden = !bad;
};

const fillOthers = (list, pairs) => {
  const parts = pairs.flatMap(([name, value]) => {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    told.textContent = value;
    return [term, told];
  });
  list.replaceChildren(...parts);
};

const fill = (own, noted) => {
  for (const field of own.querySelectorAll("[name]")) {
    const value = noted[field.name] || "";
    if (field.value !== value) field.value = value;
  }
  const count = MORE.filter((name) => noted[name]).length + noted.others.length;
  own.querySelector(".filled").textContent = count ? said("filled_in", { count }) : "";
  own.querySelector(".standing-status").toggleAttribute("data-status", Boolean(noted.status));
  own.toggleAttribute("data-noted", Boolean(noted.status || count));
  fillOthers(own.querySelector(".others"), noted.others);
  checkDate(own.querySelector('[name="date"]'));
};

const decorate = (row, entries) => {
  if (!("assess" in row.dataset) && !(row.dataset.row in entries)) return;
  const own = template.content.firstElementChild.cloneNode(true);
  const label = row.querySelector("h4 a").textContent;
  own.setAttribute("aria-label", `${panel.querySelector("h2").textContent}: ${label}`);
  row.append(own);
};

const nothing = store.get("");

const fillRow = (row, entries) => {
  if (!row.querySelector(".standing")) decorate(row, entries);
  const own = row.querySelector(".standing");
  const noted = Object.hasOwn(entries, row.dataset.row) ? entries[row.dataset.row] : nothing;
  if (own) fill(own, noted);
};

const fillRows = () => {
  const entries = store.all();
  for (const row of rowsShown()) fillRow(row, entries);
};

/* --- progress ----------------------------------------------------------------------------- */

const progressOf = (ids, entries) => {
  const counts = Object.fromEntries(PARTS.map((part) => [part, 0]));
  for (const id of ids) if (entries[id] && entries[id].status) counts[entries[id].status] += 1;
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...counts, open: ids.length - done };
};

const pieceOf = (part) => {
  const piece = document.createElement("span");
  piece.dataset.part = part;
  return piece;
};

const drawn = ([part, count]) => {
  const piece = pieceOf(part);
  piece.style.flexGrow = count;
  return piece;
};

const told = ([part, count]) => {
  const [words, swatch] = [document.createElement("span"), pieceOf(part)];
  swatch.className = "swatch";
  words.append(swatch, `${count} ${said(`standing_${part.replaceAll(" ", "_")}`)}`);
  return words;
};

const drawProgress = () => {
  const entries = store.all();
  let [done, total] = [0, 0];
  for (const { item, rows, others } of chapters) {
    const ids = [...rows, ...others.filter((id) => entries[id])];
    const counts = progressOf(ids, entries);
    const parts = Object.entries(counts).filter(([, count]) => count);
    item.querySelector(".stack").replaceChildren(...parts.map(drawn));
    item.querySelector(".parts").replaceChildren(...parts.map(told));
    item.hidden = !ids.length;
    done += ids.length - counts.open;
    total += ids.length;
  }
  document.getElementById("progress-line").textContent = said("progress", { done, total });
};

/* --- what has to be said ------------------------------------------------------------------ */

const paragraph = (words) => {
  const told = document.createElement("p");
  told.textContent = words;
  return told;
};

const wordsOf = (entry) =>
  [entry.status, ...MORE.map((name) => entry[name]), ...entry.others.map((pair) => pair.join(": "))]
    .filter(Boolean)
    .join("; ");

const unknownRows = (entries) => {
  const strange = Object.entries(entries).filter(([id]) => !known.has(id));
  if (!strange.length) return [];
  const list = document.createElement("ul");
  list.append(
    ...strange.map(([id, entry]) => {
      const item = document.createElement("li");
      item.textContent = `${id}: ${wordsOf(entry)}`;
      return item;
    }),
  );
  return [paragraph(said("unknown_rows", { count: strange.length })), list];
};

const otherText = (entries) => {
  const version = store.version();
  if (!Object.keys(entries).length || !version || version === document.body.dataset.textVersion) {
    return [];
  }
  const checked = document.createElement("button");
  checked.type = "button";
  checked.textContent = said("checked");
  checked.addEventListener("click", () => {
    store.accept();
    panel.querySelector("summary").focus();
  });
  return [paragraph(said("other_text", { version })), checked];
};

const showIn = (place, parts) => {
  const told = parts.map((part) => part.textContent).join();
  if (place.dataset.told === told) return;
  place.dataset.told = told;
  place.hidden = !parts.length;
  place.replaceChildren(...parts);
};

const sayState = () => {
  const entries = store.all();
  const trouble = store.trouble();
  showIn(document.getElementById("trouble"), trouble ? [paragraph(said(trouble))] : []);
  showIn(document.getElementById("older"), [...otherText(entries), ...unknownRows(entries)]);
};

/* --- rows by status ----------------------------------------------------------------------- */

const fits = (row, entries) => {
  const entry = entries[row.dataset.row];
  const status = entry ? entry.status : null;
  if (!ofStatus.value) return true;
  return ofStatus.value === "open" ? "assess" in row.dataset && !status : status === ofStatus.value;
};

const filterByStatus = () => {
  const entries = store.all();
  let count = 0;
  for (const row of rowsShown()) {
    const is = fits(row, entries);
    row.hidden = !is;
    count += is;
  }
  for (const part of document.querySelectorAll(".article-rows, .chapter-rows")) {
    part.hidden = !part.querySelector(".row:not([hidden])");
  }
  return count;
};

const rowOf = (id) => document.querySelector(`#rows [data-row="${CSS.escape(id)}"]`);

const refresh = (id) => {
  if (id === null) fillRows();
  else if (rowOf(id)) fillRow(rowOf(id), store.all());
  drawProgress();
  sayState();
};

document.addEventListener("input", (event) => {
  const own = event.target.closest(".standing");
  if (!own) return;
  const { name, value } = event.target;
  store.put(own.closest(".row").dataset.row, { [name]: name === "status" ? value || null : value });
});

ofStatus.addEventListener("change", () => tell(said("of_status", { count: filterByStatus() })));

document.addEventListener("register:shown", () => {
  fillRows();
  filterByStatus();
});

store.subscribe(refresh);
panel.hidden = false;
document.getElementById("without-script").remove();
refresh(null);
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
