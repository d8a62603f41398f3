/* The list of earlier conversations, which only this browser keeps. */
import * as kept from "./kept.js";
import { said, tell } from "./said.js";

const find = (id) => document.getElementById(id);

const day = (at) => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const form = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return form.format(date);
};

const made = (tag, className, words) => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
};

const opening = (conversation) => {
  const button = made("button", "open", "");
  button.type = "button";
  const title = made("bdi", "title", conversation.turns[0].question);
  title.lang = "";
  button.append(title, made("small", "", day(conversation.at)));
  button.onclick = () => {
    find("earlier").close();
    window.conversation.open(conversation);
  };
  return button;
};

const deleting = (conversation) => {
  const button = made("button", "act", said("earlier_delete"));
  button.type = "button";
  const title = conversation.turns[0].question;
  button.setAttribute("aria-label", said("earlier_delete_one", { title }));
  button.onclick = () => {
    kept.remove(conversation.id);
    window.conversation.deleted(conversation.id);
    fill();
    tell(said("deleted"));
    find("earlier-close").focus();
  };
  return button;
};

const lineOf = (conversation) => {
  const line = document.createElement("li");
  line.append(opening(conversation), deleting(conversation));
  return line;
};

const ask = (sure) => {
  find("earlier-sure").hidden = !sure;
  find("earlier-clear").hidden = sure || kept.all().length === 0;
};

function fill() {
  const conversations = kept.all();
  find("earlier-list").replaceChildren(...conversations.map(lineOf));
  find("earlier-none").hidden = conversations.length > 0;
  ask(false);
}

const show = () => {
  fill();
  find("earlier").showModal();
};

const clear = () => {
  kept.clear();
  window.conversation.deleted("");
  fill();
  tell(said("all_deleted"));
  find("earlier-close").focus();
};

const ACTS = {
  "earlier-open": show,
  "earlier-close": () => find("earlier").close(),
  "earlier-clear": () => {
    ask(true);
    find("earlier-no").focus();
  },
  "earlier-yes": clear,
  "earlier-no": () => {
    ask(false);
    find("earlier-clear").focus();
  },
};

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.id === "earlier") find("earlier").close();
  const button = target.closest("button");
  if (button && Object.hasOwn(ACTS, button.id)) ACTS[button.id]();
});
