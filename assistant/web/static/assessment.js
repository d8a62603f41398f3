/* The self-assessment as this browser keeps it: window.assessment, over localStorage.

   get(id), put(id, fields), all(), replace(entries), subscribe(callback); and for those who show
   its state: trouble(), version(), accept(). Every change reads what is kept just before it writes,
   so that two open tabs do not undo each other. What the browser refuses to keep is held in memory
   until it takes it. */
(() => {
  "use strict";

  const KEY = "convention-assessment";
  const ASIDE = `${KEY}-unreadable`;
  const WORDS = ["provision", "comment", "body", "date", "assistance"];
  const STATUSES = ["in place", "partly", "not in place", "not applicable", "planned"];
  const listeners = new Set();
  let held = null;
  let trouble = "";
  let last = { text: null, value: null };

  const present = () => (document.body && document.body.dataset.textVersion) || "";

  const empty = () => ({ version: 1, text: "", assessments: {} });

  const isPair = (pair) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");

  const whole = (given) => {
    const own = given && typeof given === "object" ? given : {};
    const words = WORDS.map((name) => [name, typeof own[name] === "string" ? own[name] : ""]);
    return {
      status: STATUSES.includes(own.status) ? own.status : null,
      ...Object.fromEntries(words),
      others: (Array.isArray(own.others) ? own.others : []).filter(isPair),
    };
  };

  const isEmpty = (own) => !own.status && !own.others.length && WORDS.every((name) => !own[name]);

  const parsed = (text) => {
    const value = JSON.parse(text);
    const entries = value && value.assessments;
    if (value.version !== 1 || !entries || typeof entries !== "object") throw new Error("shape");
    const read = Object.entries(entries).map(([id, own]) => [id, whole(own)]);
    return { version: 1, text: String(value.text || ""), assessments: Object.fromEntries(read) };
  };

  const setAside = (text) => {
    trouble = "unreadable";
    try {
      localStorage.removeItem(KEY);
      localStorage.setItem(ASIDE, text);
    } catch {
      held = empty();
    }
    return empty();
  };

  const load = () => {
    if (held) return held;
    let text = null;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      trouble = "refused";
      return empty();
    }
    if (text === null) return empty();
    try {
      if (text !== last.text) last = { text, value: parsed(text) };
      return last.value;
    } catch {
      return setAside(text);
    }
  };

  const isFull = (error) => error instanceof DOMException && error.name === "QuotaExceededError";

  const keep = (value) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(value));
      held = null;
      trouble = trouble === "unreadable" ? trouble : "";
    } catch (error) {
      held = value;
      trouble = isFull(error) ? "full" : "refused";
    }
  };

  /* Callbacks get the id of the entry that changed, or null for any of them. */
  const tell = (id) => listeners.forEach((callback) => callback(id));

  const put = (id, fields) => {
    const value = load();
    const { [id]: before, ...others } = value.assessments;
    const own = whole({ ...whole(before), ...fields });
    const assessments = isEmpty(own) ? others : { ...others, [id]: own };
    const none = !Object.keys(value.assessments).length;
    keep({ version: 1, text: none ? present() : value.text || present(), assessments });
    tell(id);
  };

  const replace = (entries, text = present()) => {
    const kept = Object.entries(entries).map(([id, own]) => [id, whole(own)]);
    const noted = kept.filter(([, own]) => !isEmpty(own));
    keep({ version: 1, text, assessments: Object.fromEntries(noted) });
    tell(null);
  };

  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) tell(null);
  });

  addEventListener("beforeunload", (event) => {
    if (held && Object.keys(held.assessments).length) event.preventDefault();
  });

  window.assessment = Object.freeze({
    get: (id) => whole(load().assessments[id]),
    put,
    all: () => load().assessments,
    replace,
    subscribe: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    trouble: () => {
      load();
      return trouble;
    },
    version: () => load().text,
    accept: () => replace(load().assessments),
  });
})();
