/* Copies citations, answers and links, says so, and keeps one menu open at a time. */
import { said, tell } from "./said.js";

const SHOWN = 1800;

const byHand = (words) => {
  const area = document.createElement("textarea");
  area.value = words;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};

/* Whether the words are on the clipboard now: browsers keep it from pages that are not secure. */
const copy = async (words) => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return byHand(words);
  }
};

const flash = (button) => {
  const shown = button.querySelector("small, .shown") || button;
  const before = shown.textContent;
  shown.textContent = said("copied");
  button.classList.add("copied");
  setTimeout(() => {
    shown.textContent = before;
    button.classList.remove("copied");
  }, SHOWN);
};

const copyFrom = async (button, words, told) => {
  if (button.classList.contains("copied")) return;
  if (await copy(words)) {
    flash(button);
    tell(told);
  } else {
    window.conversation.passing(said("not_copied"));
    tell(said("not_copied"));
  }
};

const linkTo = (question) => {
  const root = document.documentElement.dataset.root || "";
  return `${location.origin}${root}/?q=${encodeURIComponent(question)}`;
};

const closeMenus = (except = null) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
};

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  closeMenus(target.closest("details.menu"));
  const button = target.closest("button.copies, button.shares");
  if (!button) return;
  if (button.matches(".shares")) copyFrom(button, linkTo(button.value), said("link_copied"));
  else copyFrom(button, button.value.replaceAll("{origin}", location.origin), said("copied"));
});

/* A list that opens near the lower edge comes into view. */
document.addEventListener(
  "toggle",
  ({ target }) => {
    const list = target.matches("details.menu[open]:not(.up)") && target.querySelector(".list");
    if (list) list.scrollIntoView({ block: "nearest" });
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  },
  true,
);
