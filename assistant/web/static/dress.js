/* Gives Gradio's own controls the words of this page, and those who listen a quiet conversation. */
import { said } from "./said.js";

const every = (selector, root = document) => [...root.querySelectorAll(selector)];

const set = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

const name = (button, words) => {
  set(button, "aria-label", words);
  set(button, "title", words);
};

/* It would be read out at every step of an answer; that it is there is said once, elsewhere. */
const quieten = (log) => {
  set(log, "aria-live", "off");
  set(log, "aria-label", said("conversation"));
};

const asHeading = (bubble) => {
  bubble.removeAttribute("aria-label");
  set(bubble, "role", "heading");
  set(bubble, "aria-level", "2");
  for (const text of every(".md", bubble)) set(text, "dir", "auto");
};

/* Gradio's buttons under an answer: perhaps the one to ask again, and the two thumbs at the end. */
const nameThumbs = (panel) => {
  const buttons = every("button", panel);
  const [dislike, like] = buttons.slice(-2);
  for (const button of buttons.slice(0, -2)) name(button, said("retry"));
  for (const [button, words] of [[dislike, "dislike"], [like, "like"]]) {
    if (!button) continue;
    name(button, said(words));
    set(button, "aria-pressed", String(button.style.color.includes("accent")));
  }
};

const asEnglish = (question) => {
  question.removeAttribute("aria-label");
  set(question, "lang", "en");
  set(question, "dir", "auto");
};

const asGroup = (group, words) => {
  set(group, "role", "group");
  set(group, "aria-label", words);
};

const page = document.documentElement;

/* Gradio names the language of the browser, which is not that of the page. */
const dress = () => {
  set(page, "lang", page.dataset.language);
  every('#conversation [role="log"]').forEach(quieten);
  every('#conversation [data-testid="user"]').forEach(asHeading);
  every('#conversation [data-testid="bot"][aria-label]').forEach((bubble) =>
    bubble.removeAttribute("aria-label"),
  );
  every("#conversation .message-buttons-left").forEach(nameThumbs);
  every("#conversation .message-buttons-right button").forEach((edit) => name(edit, said("edit")));
  every("#conversation :is(.example, .option)").forEach(asEnglish);
  every("#conversation .examples").forEach((group) => asGroup(group, said("try")));
  every("#conversation .options").forEach((group) => asGroup(group, said("suggestions")));
  every(".gradio-container .block[dir]").forEach((block) => set(block, "dir", document.dir));
};

new MutationObserver(dress).observe(document.documentElement, {
  attributeFilter: ["aria-label", "dir", "lang"],
  attributes: true,
  childList: true,
  subtree: true,
});
dress();

/* Gradio would show the question's own notation to be edited; it goes into the question box. */
document.addEventListener(
  "click",
  (event) => {
    const edit = event.target instanceof Element && event.target.closest(".message-buttons-right button");
    if (!edit) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const panels = every("#conversation .message-buttons-right");
    const number = panels.indexOf(edit.closest(".message-buttons-right"));
    const bubble = every('#conversation [data-testid="user"]')[number];
    window.conversation.change(number, bubble.innerText.trim());
  },
  true,
);
