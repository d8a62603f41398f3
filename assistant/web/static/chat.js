/* The conversation at hand: what Gradio's events ask of the page is window.conversation.

   Gradio shows the messages and carries them to the server and back; this keeps the turns in the
   browser, cuts the messages where an earlier question is changed, and says what happens to those
   who listen. */
import * as kept from "./kept.js";
import { said, tell } from "./said.js";

const find = (selector) => document.querySelector(selector);
const FIRST_WORDS = 240;
const PATIENCE = 4000;

let id = "";
let turns = [];
let changed = null;
let fromAddress = "";

/* --- what is said in passing, above the question ------------------------------------------- */

const passing = (words, action = "", act = null) => {
  const line = find("#passing");
  const button = line.querySelector("button");
  line.querySelector("span").textContent = words;
  button.textContent = action;
  button.hidden = !action;
  button.onclick = act;
  line.hidden = !words;
};

const withoutLabels = (text) => text.replace(/\s*\[[^\]]*\]/g, "").replace(/\s+/g, " ").trim();

/* The beginning of an answer, whole words of it. */
const firstWords = (text) => {
  const words = withoutLabels(text);
  return words.length > FIRST_WORDS ? `${words.slice(0, FIRST_WORDS).replace(/\s+\S*$/, "")} …` : words;
};

/* --- the question box ---------------------------------------------------------------------- */

const box = () => find("#question textarea");

const write = (words) => {
  box().value = words;
  box().dispatchEvent(new Event("input", { bubbles: true }));
};

/* Never raises a phone's keyboard. */
const focusOnQuestion = () => {
  if (box() && matchMedia("(hover: hover)").matches) box().focus({ preventScroll: true });
};

/* Gives the focus to the question where it would be lost. */
const keepFocus = () => {
  if (document.activeElement === document.body || !document.activeElement) focusOnQuestion();
};

/* --- changing an earlier question ---------------------------------------------------------- */

const leaveAsItWas = () => {
  changed = null;
  passing("");
};

const putBack = () => {
  leaveAsItWas();
  write("");
  box().focus();
};

/* The messages before the question of that number. */
const before = (messages, number) => {
  const places = messages.flatMap(({ role }, place) => (role === "user" ? [place] : []));
  return number < places.length ? messages.slice(0, places[number]) : messages;
};

const change = (number, words) => {
  changed = number;
  write(words);
  passing(said("editing"), said("keep"), putBack);
  box().focus();
  box().select();
};

/* --- keeping ------------------------------------------------------------------------------- */

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((n) => n.toString(16)).join("-");

const keep = () => {
  id = id || newId();
  kept.setHere(id);
  const took = kept.put({ id, at: new Date().toISOString(), turns });
  if (!took) passing(said("not_kept"));
};

const open = (conversation) => {
  id = conversation.id;
  turns = conversation.turns;
  kept.setHere(id);
  find("#reopened").click();
  tell(said("reopened"));
};

const begin = () => {
  id = "";
  turns = [];
  kept.setHere("");
  document.body.classList.remove("conversing");
  document.dispatchEvent(new Event("conversing"));
  leaveAsItWas();
  scrollTo(0, 0);
  setTimeout(focusOnQuestion);
};

/* --- what a link asks ---------------------------------------------------------------------- */

/* Takes the question out of the address, so that a reload does not ask it again. */
const takeFromAddress = () => {
  const url = new URL(location.href);
  const question = (url.searchParams.get("q") || "").trim();
  if (!url.searchParams.has("q")) return "";
  url.searchParams.delete("q");
  history.replaceState(history.state, "", url);
  return question;
};

const begun = () => {
  fromAddress = takeFromAddress();
  const before = kept.get(kept.here());
  if (fromAddress) find("#linked").click();
  else if (before) open(before);
  keepFocus();
};

/* --- the events of the page ---------------------------------------------------------------- */

/* What was read first goes at once, and comes back where no question is taken in. */
const work = () => {
  passing("");
  tell(said("working"));
  document.body.classList.add("conversing");
  document.dispatchEvent(new Event("conversing"));
  setTimeout(() => document.body.classList.remove("conversing"), PATIENCE);
};

window.conversation = {
  /** The turns that are there to be saved. */
  turns: () => turns,
  /** The page is ready. */
  ready: () => setTimeout(begun),
  open,
  /** A conversation was deleted, "" for all: one that is open here is not kept again. */
  deleted: (one) => {
    if (id && (!one || one === id)) find("#new-conversation").click();
  },
  begun: begin,
  change,
  passing,
  asking: (question, messages) => {
    if (!question.trim()) return [question, messages];
    const cut = changed === null ? messages : before(messages, changed);
    changed = null;
    work();
    return [question, cut];
  },
  linked: () => {
    work();
    return fromAddress;
  },
  whole: (messages) => {
    leaveAsItWas();
    work();
    return messages;
  },
  reopened: () => JSON.stringify(turns),
  stopped: (question, messages) => {
    tell(said("stopped"));
    return [question, messages];
  },
  answered: (given) => {
    const { place, turn } = given ? JSON.parse(given) : {};
    if (turn && !turns.some((one) => one.id === turn.id)) {
      turns = [...turns.slice(0, place), turn];
      keep();
      tell(said("answer", { words: firstWords(turn.text) }));
    }
    keepFocus();
  },
  thanked: () => tell(said("thanks")),
};

if (window.pageIsReady) window.conversation.ready();
