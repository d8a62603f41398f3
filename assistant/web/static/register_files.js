/* Downloads the self-assessment, opens it from a file, deletes it. */
import { nameOf, saveAs } from "./files.js";
import { said } from "./said.js";

const store = window.assessment;
const find = (id) => document.getElementById(id);
const message = find("message");
const ROOT = document.documentElement.dataset.root;
const WORDS = ["provision", "comment", "body", "date", "assistance"];

const paragraph = (words) => {
  const told = document.createElement("p");
  told.textContent = words;
  return told;
};

const say = (words, ...others) => message.replaceChildren(paragraph(words), ...others);

const listOf = (lines) => {
  const list = document.createElement("ul");
  list.tabIndex = 0;
  list.append(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
  return list;
};

const sayProblems = (words, error) => {
  const lines = error.problems && error.problems.length ? error.problems : [error.message];
  say(words, listOf(lines));
};

/** What the server answers to a POST; throws what it says against it. */
const posted = async (url, body) => {
  const answer = await fetch(url, { method: "POST", body }).catch(() => {
    throw { message: said("unreachable") };
  });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw told.error || { message: said("unreachable") };
};

/* --- download ----------------------------------------------------------------------------- */

const idsOfText = () =>
  [...document.querySelectorAll("#progress li")].flatMap(({ dataset }) =>
    `${dataset.rows} ${dataset.others}`.split(" "),
  );

const ownOfText = () => {
  const known = new Set(idsOfText());
  return Object.entries(store.all()).filter(([id]) => known.has(id));
};

const outside = (own, filtered) => {
  const shown = new Set([...document.querySelectorAll("#rows .row")].map((row) => row.dataset.row));
  return filtered ? own.filter(([id]) => !shown.has(id)).length : 0;
};

const download = async (format) => {
  const filtered = find("only-shown").checked;
  const query = new URLSearchParams(filtered ? location.search : "");
  query.set("format", format);
  const own = ownOfText();
  const body = JSON.stringify({ version: 1, assessments: Object.fromEntries(own) });
  try {
    const answer = await posted(`${ROOT}/register/export?${query}`, body);
    saveAs(await answer.blob(), nameOf(answer));
    const count = outside(own, filtered);
    say(said(count ? "some_outside" : "downloaded", { name: nameOf(answer), count }));
  } catch (error) {
    sayProblems(said("not_downloaded"), error);
  }
};

/* --- undo --------------------------------------------------------------------------------- */

const changed = (words, before, version, ...others) => {
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = said("undo");
  undo.addEventListener("click", () => {
    store.replace(before, version);
    say(said("undone"));
    find("clear-entries").focus();
  });
  say(words, ...others, undo);
};

/* --- open --------------------------------------------------------------------------------- */

const empty = { status: null, provision: "", comment: "", body: "", date: "", assistance: "", others: [] };

const joined = (winner, other) => ({
  status: winner.status || other.status,
  ...Object.fromEntries(WORDS.map((name) => [name, winner[name] || other[name]])),
  others: [...new Map([...other.others, ...winner.others])],
});

const merged = (winners, others) => {
  const ids = new Set([...Object.keys(others), ...Object.keys(winners)]);
  const own = (entries, id) => (Object.hasOwn(entries, id) ? entries[id] : empty);
  return Object.fromEntries([...ids].map((id) => [id, joined(own(winners, id), own(others, id))]));
};

const chosen = (dialog) =>
  new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });

const takenOver = async (read) => {
  const own = store.all();
  if (!Object.keys(own).length) return read;
  const how = await chosen(find("choose-merge"));
  const kept = store.all();
  const ways = {
    file: () => merged(read, kept),
    browser: () => merged(kept, read),
    replace: () => read,
  };
  return how in ways ? ways[how]() : null;
};

const readFile = async (file) => {
  const most = Number(document.body.dataset.limit);
  if (file.size > most) throw { message: said("too_large", { most: most / 1000000 }) };
  const query = new URLSearchParams({ name: file.name });
  const answer = await posted(`${ROOT}/register/read?${query}`, file);
  return answer.json();
};

const open = async (file) => {
  const { name } = file;
  try {
    const { assessments, notices } = await readFile(file);
    const count = Object.keys(assessments).length;
    if (!count) {
      say(said("empty_file", { name }));
      return;
    }
    const entries = await takenOver(assessments);
    if (!entries) return;
    const [before, version] = [store.all(), store.version()];
    store.replace(entries);
    changed(said("opened", { name, count }), before, version, ...notices.map(paragraph));
  } catch (error) {
    sayProblems(said("not_opened", { name }), error);
  }
};

/* --- delete ------------------------------------------------------------------------------- */

const clear = async () => {
  if ((await chosen(find("choose-clear"))) !== "clear") return;
  const [before, version] = [store.all(), store.version()];
  store.replace({});
  changed(said("cleared"), before, version);
};

for (const button of document.querySelectorAll("[data-format]")) {
  button.addEventListener("click", () => download(button.dataset.format));
}

find("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) open(file);
});

find("clear-entries").addEventListener("click", clear);
