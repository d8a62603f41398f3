/* Filters the register without loading the page anew. Without this script the form does it. */
import { said, tell } from "./said.js";

const form = document.getElementById("filters");
const regions = [...document.querySelectorAll("[data-swap]")];
const PAUSE = 300;
let latest = 0;
let timer = 0;

const address = () => {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(given).toString();
  return form.action + (query ? `?${query}` : "");
};

const pageAt = async (url) => {
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("count")) throw new Error(`${url}: ${answer.status}`);
  return page;
};

const fail = (words) => {
  document.getElementById("failure").textContent = words;
};

const busy = (is) => regions.forEach((region) => region.setAttribute("aria-busy", String(is)));

const keyOfFocus = () => {
  const inside = document.activeElement.closest("[data-swap]");
  return inside ? document.activeElement.dataset.key || "" : null;
};

const giveFocus = (key) => {
  if (key === null) return;
  const same = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (same || document.getElementById("count")).focus({ preventScroll: true });
};

const swap = (page) => {
  const key = keyOfFocus();
  regions.forEach((region) => region.replaceChildren(...page.getElementById(region.id).childNodes));
  giveFocus(key);
};

const showTop = () => {
  const top = regions[0].getBoundingClientRect().top;
  if (top < 0) regions[0].scrollIntoView({ block: "start" });
};

const show = async (url) => {
  const turn = ++latest;
  busy(true);
  const page = await pageAt(url).catch(() => null);
  if (turn !== latest) return;
  busy(false);
  fail(page ? "" : said("failed"));
  if (!page) return;
  swap(page);
  history.replaceState(null, "", url);
  showTop();
  document.dispatchEvent(new CustomEvent("register:shown"));
  tell(document.getElementById("count").textContent);
};

const fillForm = (url) => {
  const given = new URL(url, location.href).searchParams;
  for (const field of form.elements) if (field.name) field.value = given.get(field.name) ?? "";
};

const isPlain = (event) =>
  event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  timer = setTimeout(() => show(address()), event.target.type === "search" ? PAUSE : 0);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  show(address());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-filter], #filters a");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  clearTimeout(timer);
  fillForm(link.href);
  show(link.href);
});

document.getElementById("show").hidden = true;
