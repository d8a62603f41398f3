/* The assistant on any site: <script src="https://host/widget.js" data-… async></script>, or the
   element <convention-assistant inline> where it stands. Served with TEXTS, EXAMPLES and STYLES set
   above. It keeps nothing, sets no cookie, and asks no host but the one that it came from. */

const NAME = "convention-assistant";
const SCRIPT = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const HOME = new URL(".", SCRIPT.src);
const AUTHENTIC = ["en", "fr", "es", "ru", "zh", "ar"];
const REMEMBERED = 5;
const PHONE = "(max-width: 30em)";
const ICONS = {
  ask: "M4 5h16v11H10l-5 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  new: "M12 5v14M5 12h14",
};

const styles = new CSSStyleSheet();
styles.replaceSync(STYLES);

/** An address on the host that the script came from, and on no other, whatever the path. */
const at = (path) => {
  const address = new URL(path.replace(/^\/+/, ""), HOME);
  return address.origin === HOME.origin ? address.href : HOME.href;
};

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

const icon = (name) => {
  const [drawing, line] = ["svg", "path"].map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  );
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  line.setAttribute("d", ICONS[name]);
  drawing.append(line);
  return drawing;
};

const button = (words, act, attributes = {}) => {
  const node = make("button", { type: "button", ...attributes }, words);
  node.addEventListener("click", act);
  return node;
};

const iconButton = (name, words, act) =>
  button(icon(name), act, { class: "icon", "aria-label": words, title: words });

const link = (address, ...children) =>
  make(
    "a",
    { href: address, target: "_blank", rel: "noopener", "aria-describedby": "new-tab" },
    ...children,
  );

/* --- the text of an answer ------------------------------------------------------------------- */

/** The label that an answer's text carries for a citation: art. 14(1)(b). */
const labelOf = ({ article, paragraph, item }) => {
  if (!article) return paragraph === null ? "preamble" : `preamble, para. ${paragraph}`;
  const marks = [paragraph ?? [], item?.match(/\w+/g) ?? []].flat();
  return `art. ${article}${marks.map((mark) => `(${mark})`).join("")}`;
};

const inline = (text, addresses) =>
  text.split(/(\*\*[^*]+\*\*|\[[^[\]]+\])/).map((piece) => {
    if (/^\*\*.+\*\*$/.test(piece)) return make("strong", {}, piece.slice(2, -2));
    const address = addresses.get(piece.slice(1, -1));
    return piece.startsWith("[") && address ? link(address, piece) : piece;
  });

const block = (lines, addresses) => {
  if (!lines[0].startsWith("- ")) return make("p", {}, ...inline(lines.join(" "), addresses));
  const items = lines.map((line) => make("li", {}, ...inline(line.replace(/^- /, ""), addresses)));
  return make("ul", {}, ...items);
};

/** Paragraphs and lists; whatever else stands in the text is shown as it is. */
const blocks = (text, citations = []) => {
  const addresses = new Map(citations.map((cited) => [labelOf(cited), at(cited.url)]));
  const groups = [];
  for (const line of text.split("\n").map((words) => words.trim())) {
    const last = groups.at(-1);
    const goes = last && last.isItem === line.startsWith("- ");
    if (!line) groups.push({ isItem: false, lines: [] });
    else if (goes) last.lines.push(line);
    else groups.push({ isItem: line.startsWith("- "), lines: [line] });
  }
  return groups.filter(({ lines }) => lines.length).map(({ lines }) => block(lines, addresses));
};

const citedLine = (cited) =>
  make("li", {}, link(at(cited.url), cited.label), ` ${cited.title} `, make("i", {}, cited.level));

/* --- what goes over the wire ----------------------------------------------------------------- */

class Problem extends Error {
  constructor({ status, message = "", wait = 0 }) {
    super(message);
    Object.assign(this, { status, wait });
  }

  static async of(response) {
    const told = await response.json().catch(() => null);
    const wait = Number(response.headers.get("Retry-After")) || 0;
    return new Problem({ status: response.status, message: told?.error?.message, wait });
  }

  /** What to tell people; only the server's own words are surely English. */
  sentence(texts) {
    const { status, wait } = this;
    if (status === 429) return wait ? texts.wait.replace("{seconds}", wait) : texts.busy;
    if (status === 401 || status === 403) return texts.not_allowed;
    if (status === 413) return texts.too_long;
    return this.message || (status === 503 ? texts.unavailable : texts.failed);
  }
}

const eventIn = (written) => {
  const fields = { event: "message", data: "" };
  for (const line of written.split("\n")) {
    const [, name, value] = line.match(/^(event|data): ?(.*)$/) ?? [];
    if (name) fields[name] = value;
  }
  return fields;
};

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const written = (rest + read.value.replaceAll("\r", "")).split("\n\n");
    rest = written.pop();
    yield* written.map(eventIn).filter(({ data }) => data);
  }
}

const send = async (asked, key, signal) => {
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const response = await fetch(at("api/ask"), {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal,
  });
  if (!response.ok) throw await Problem.of(response);
  return response.body;
};

/** The answer; `tell` is told the stages and drafts on the way. Raises Problem. */
const answerTo = async (asked, key, signal, tell) => {
  for await (const { event, data } of eventsOf(await send(asked, key, signal))) {
    const values = JSON.parse(data);
    if (event === "answer") return values;
    if (event === "error") throw new Problem({ status: 500, message: values.error.message });
    tell(values);
  }
  throw new Problem({ status: 500 });
};

/* --- the element ------------------------------------------------------------------------------ */

class ConventionAssistant extends HTMLElement {
  #answered = [];
  #asking = null;
  #isBuilt = false;

  connectedCallback() {
    if (!this.#isBuilt) this.#build();
    if (this.#isInline) this.#askReadyQuestion();
    else if (this.#option("open") !== undefined && !matchMedia(PHONE).matches) this.#openQuietly();
  }

  disconnectedCallback() {
    this.#asking?.abort();
  }

  /** Open it, and ask a question where one is given. */
  open(question) {
    this.#show(question);
    if (question) this.ask(question).catch(() => {});
    else this.#askReadyQuestion();
  }

  close() {
    if (!this.#isInline) this.panel.close();
  }

  /** Ask a question; a promise of the whole answer, rejected with the sentence that is shown. */
  ask(question) {
    const words = String(question ?? "").trim();
    if (!words) return Promise.reject(new Error("there is no question"));
    if (!this.#isInline && !this.panel.open) this.#show(words);
    return this.#ask(words);
  }

  get #isInline() {
    return this.hasAttribute("inline");
  }

  #option(name) {
    return this.dataset[name] ?? SCRIPT.dataset[name];
  }

  /* Building. */

  #build() {
    this.#isBuilt = true;
    this.#chooseLanguage();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    this.frame = make("div", { class: "frame", lang: this.language, dir: this.direction });
    this.panel = this.#panel();
    this.frame.append(this.panel, this.#described());
    if (!this.#isInline) this.frame.prepend(this.#launcher());
    this.#dress();
    root.append(this.frame);
    new ResizeObserver(() => this.#tellHeight()).observe(this.talk);
  }

  #chooseLanguage() {
    const chosen = this.#option("language");
    const named = chosen ?? this.closest("[lang]")?.lang ?? "";
    const code = named.toLowerCase().split("-")[0];
    this.language = code in TEXTS ? code : "en";
    this.texts = TEXTS[this.language];
    const own = this.language === "ar" ? "rtl" : "ltr";
    this.direction = chosen ? own : getComputedStyle(this).direction;
    this.name = this.#option("title") || this.texts.title;
  }

  #dress() {
    const accent = this.#option("accent");
    if (accent && CSS.supports("color", accent)) this.frame.style.setProperty("--given", accent);
    for (const name of ["position", "theme"]) {
      if (this.#option(name)) this.frame.setAttribute(`data-${name}`, this.#option(name));
    }
  }

  #launcher() {
    const words = make("span", {}, this.name);
    this.launcher = button(words, () => this.open(), {
      class: "launcher",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    });
    this.launcher.prepend(icon("ask"));
    return this.launcher;
  }

  #panel() {
    const panel = make(this.#isInline ? "section" : "dialog", {
      class: "panel",
      "aria-labelledby": "name",
    });
    panel.append(this.#head(), this.#log(), this.#form(), this.#foot());
    panel.addEventListener("close", () => this.#closed());
    panel.addEventListener("keydown", (event) => this.#escape(event));
    return panel;
  }

  #head() {
    const head = make("header", {}, make("h2", { id: "name" }, this.name));
    this.fresh = iconButton("new", this.texts.new, () => this.#forget());
    this.fresh.hidden = true;
    head.append(this.fresh);
    if (!this.#isInline) head.append(iconButton("close", this.texts.close, () => this.close()));
    return head;
  }

  #log() {
    this.talk = make("div", { class: "talk" }, this.#welcome());
    const named = { role: "region", "aria-label": this.texts.conversation, tabindex: "0" };
    this.log = make("div", { class: "log", ...named }, this.talk);
    return this.log;
  }

  #welcome() {
    const { introduction, in_english: inEnglish, examples } = this.texts;
    const words = [introduction, inEnglish].filter(Boolean).map((text) => make("p", {}, text));
    return make("div", { class: "welcome" }, ...words, this.#choices(examples, EXAMPLES));
  }

  #choices(heading, questions) {
    const items = questions.map((question) =>
      make("li", {}, button(question, () => this.open(question), { lang: "en", dir: "ltr" })),
    );
    return make("div", { class: "choices" }, make("p", { class: "label" }, heading), make("ul", {}, ...items));
  }

  #form() {
    const named = { rows: "1", "aria-label": this.texts.question, enterkeyhint: "send" };
    this.field = make("textarea", { ...named, placeholder: this.texts.question, dir: "auto" });
    this.sender = make("button", { class: "send" }, this.texts.ask);
    const form = make("form", {}, this.field, this.sender);
    form.addEventListener("submit", (event) => this.#submit(event));
    this.field.addEventListener("keydown", (event) => this.#enter(event, form));
    return form;
  }

  #foot() {
    const { not_advice: notAdvice, whole } = this.texts;
    return make("footer", {}, notAdvice, " ", link(at("convention"), whole));
  }

  #described() {
    this.heard = make("p", { role: "status" });
    const newTab = make("p", { id: "new-tab" }, this.texts.new_tab);
    return make("div", { class: "only-heard" }, this.heard, newTab);
  }

  /* Opening and closing. */

  /** Show it, and move the focus in; no keyboard of glass over an answer that is on its way. */
  #show(question) {
    if (!this.#isInline && !this.panel.open) {
      if (matchMedia(PHONE).matches) this.panel.showModal();
      else this.panel.show();
      this.#opened();
    }
    (question && matchMedia("(hover: none)").matches ? this.log : this.field).focus();
  }

  /** Open without taking the focus, for nobody has asked for it. */
  #openQuietly() {
    this.panel.open = true;
    this.#opened();
    this.#askReadyQuestion();
  }

  #opened() {
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
  }

  #closed() {
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    const active = document.activeElement;
    if (!active || active === document.body || active === this) this.launcher.focus();
  }

  #escape(event) {
    if (event.key !== "Escape" || event.isComposing || this.#isInline) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  /* Asking. */

  /** Ask the question that the site has put there, once. */
  #askReadyQuestion() {
    const question = this.#option("question");
    if (!question || this.isReadyAsked) return;
    this.isReadyAsked = true;
    this.ask(question).catch(() => {});
  }

  #enter(event, form) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#asking) form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    if (this.#asking) return this.#asking.abort();
    const question = this.field.value.trim();
    this.field.focus();
    if (!question) return;
    this.field.value = "";
    this.#ask(question).catch(() => {});
  }

  async #ask(question) {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#work(asking);
    const exchange = this.#exchange(question);
    try {
      const tell = (news) => this.#grow(exchange, news);
      const asked = { question, history: this.#answered.slice(-REMEMBERED), language: this.#quoted };
      const answer = await answerTo(asked, this.#option("key"), asking.signal, tell);
      this.#finish(exchange, question, answer);
      return answer;
    } catch (error) {
      throw this.#fail(exchange, question, this.#reason(error, asking));
    } finally {
      if (this.#asking === asking) this.#work(null);
    }
  }

  get #quoted() {
    return AUTHENTIC.includes(this.language) ? this.language : "en";
  }

  #work(asking) {
    this.#asking = asking;
    this.sender.textContent = asking ? this.texts.stop : this.texts.ask;
    this.log.setAttribute("aria-busy", String(Boolean(asking)));
  }

  #exchange(question) {
    for (const old of this.talk.querySelectorAll(".welcome, .choices, .again")) old.remove();
    const heard = make("span", { class: "only-heard" }, `${this.texts.asked}: `);
    const asked = make("h3", {}, heard, make("bdi", {}, question));
    const answer = make("div", { class: "answer", lang: "en", dir: "ltr" });
    const state = make("p", { class: "state" }, this.texts.searching);
    const node = make("article", {}, asked, answer, state);
    this.talk.append(node);
    this.fresh.hidden = false;
    this.heard.textContent = this.texts.searching;
    this.#scrollTo(node);
    return { node, answer, state };
  }

  #scrollTo(node) {
    this.log.scrollTop = node.offsetTop - 12;
  }

  #grow({ answer, state }, { stage, text }) {
    if (stage === "writing") state.textContent = this.texts.writing;
    if (text) answer.replaceChildren(...blocks(text));
  }

  #finish({ node, answer, state }, question, told) {
    state.remove();
    answer.replaceChildren(...blocks(told.text, told.citations));
    if (told.notice) answer.append(make("p", { class: "notice" }, told.notice));
    if (told.citations.length) node.append(this.#cited(told.citations));
    if (told.suggestions.length) node.append(this.#choices(this.texts.next, told.suggestions));
    this.heard.replaceChildren(make("span", { lang: "en" }, answer.textContent));
    this.#scrollTo(node);
    this.#answered.push(question);
    this.#dispatch("answer", told);
  }

  #cited(citations) {
    const list = make("ul", { lang: "en", dir: "ltr" }, ...citations.map(citedLine));
    const heading = make("summary", {}, `${this.texts.cited} (${citations.length})`);
    const shown = make("details", { class: "cited" }, heading, list);
    shown.open = citations.length < 4;
    return shown;
  }

  #reason(error, asking) {
    if (asking.signal.aborted) return this.texts.stopped;
    if (error instanceof Problem) return error.sentence(this.texts);
    return error instanceof TypeError ? this.texts.offline : this.texts.failed;
  }

  /** Say why no answer came, and keep the question for another try; the error to throw. */
  #fail({ node, state }, question, reason) {
    const again = button(this.texts.again, () => this.#askAgain(node, question), {
      class: "again",
    });
    state.className = "state failed";
    state.textContent = reason;
    node.append(again);
    this.heard.textContent = reason;
    return new Error(reason);
  }

  #askAgain(node, question) {
    node.remove();
    this.open(question);
  }

  #forget() {
    this.#asking?.abort();
    this.#answered = [];
    this.talk.replaceChildren(this.#welcome());
    this.fresh.hidden = true;
    this.heard.textContent = "";
    this.field.focus();
  }

  /* Telling the page around it. */

  #dispatch(what, detail) {
    this.dispatchEvent(
      new CustomEvent(`convention-${what}`, { detail, bubbles: true, composed: true }),
    );
  }

  /** How high it would have to be to need no scrolling. */
  #tellHeight() {
    if (!this.#isInline) return;
    const { panel, log, talk } = this;
    this.#dispatch("height", panel.offsetHeight - log.clientHeight + talk.offsetHeight);
  }
}

/* --- on the page ------------------------------------------------------------------------------ */

const onPage = () => document.querySelector(NAME);

const place = () => {
  const element = document.createElement(NAME);
  document.body.append(element);
  return element;
};

const placed = () => onPage() ?? place();

const start = () => {
  customElements.define(NAME, ConventionAssistant);
  window.ConventionAssistant = {
    open: (question) => placed().open(question),
    close: () => onPage()?.close(),
    ask: (question) => placed().ask(question),
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", placed);
  else placed();
};

if (!customElements.get(NAME)) start();
