/* Conversations as this browser keeps them, and nobody else: [{id, at, turns}], newest first.

   Every change reads what is kept just before it writes, so that two tabs do not undo each other.
   What lies there may have been changed by anybody with this browser: only its shape is believed. */
const KEY = "convention-conversations";
const HERE = "convention-conversation";
const MOST = 50;

const isText = (value) => typeof value === "string";

const isTurn = (turn) => turn && isText(turn.id) && isText(turn.question) && isText(turn.text);

const isConversation = (one) =>
  one && isText(one.id) && isText(one.at) && Array.isArray(one.turns) && one.turns.length > 0 &&
  one.turns.every(isTurn);

/** All conversations that can be read. */
export const all = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(kept) ? kept.filter(isConversation) : [];
  } catch {
    return [];
  }
};

/** Let the page show whether there are any. */
export const mark = () => {
  document.documentElement.toggleAttribute("data-earlier", all().length > 0);
};

/* The oldest give way where the browser has no more room; false where it keeps nothing at all. */
const write = (conversations) => {
  for (let count = Math.min(conversations.length, MOST); count >= 0; count -= 1) {
    try {
      localStorage.setItem(KEY, JSON.stringify(conversations.slice(0, count)));
      mark();
      return count > 0 || conversations.length === 0;
    } catch {
      continue;
    }
  }
  return false;
};

/** The conversation of that id; undefined where there is none. */
export const get = (id) => all().find((one) => one.id === id);

/** Keep a conversation as the newest; whether the browser took it. */
export const put = (conversation) =>
  write([conversation, ...all().filter(({ id }) => id !== conversation.id)]);

/** Forget one conversation. */
export const remove = (id) => write(all().filter((one) => one.id !== id));

/** Forget all of them. */
export const clear = () => {
  try {
    localStorage.removeItem(KEY);
    sessionStorage.removeItem(HERE);
    mark();
  } catch {
    return;
  }
};

/** The id of the conversation that is open in this tab, "" for none; it survives a reload. */
export const here = () => {
  try {
    return sessionStorage.getItem(HERE) || "";
  } catch {
    return "";
  }
};

/** Note which conversation is open in this tab. */
export const setHere = (id) => {
  try {
    sessionStorage.setItem(HERE, id);
  } catch {
    return;
  }
};

mark();
