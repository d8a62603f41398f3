/* Opens a cited provision beside the chat. Without this script the links lead to the same pages. */
(() => {
  "use strict";

  const root = document.documentElement.dataset.root || "";
  const find = (id) => document.getElementById(id);
  let opener = null;
  let latest = 0;

  const citationAt = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const ours = link && link.origin === location.origin && link.id !== "beside-page";
    return ours && link.pathname.startsWith(`${root}/convention/`) ? link : null;
  };

  const isPlain = (event) =>
    event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const pageOf = async (url) => {
    const answer = await fetch(url.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (!answer.ok || !main) throw new Error(`${url.pathname}: ${answer.status}`);
    return main;
  };

  const mark = (text, anchor) => {
    const cited = text.querySelector(anchor ? `#${CSS.escape(anchor)}` : ".whole");
    const words = cited && cited.querySelector(".own");
    if (!words) return null;
    const marked = document.createElement("mark");
    marked.append(...words.childNodes);
    words.append(marked);
    cited.classList.add("cited");
    return cited;
  };

  const fill = (main, url) => {
    const title = main.querySelector("h1");
    title.remove();
    for (const link of main.querySelectorAll(`a[href^="${root}/register"]`)) link.target = "_blank";
    show(title.textContent, main.childNodes, url);
  };

  const apologise = (link, url) => {
    const words = find("beside-failed").content.cloneNode(true);
    show(link.textContent, [words], url);
  };

  const show = (heading, nodes, url) => {
    find("beside-heading").textContent = heading;
    find("beside-page").href = url.href;
    find("beside-text").replaceChildren(...nodes);
    find("beside").hidden = false;
    document.body.classList.add("reading");
  };

  const reveal = (cited) => {
    const panel = find("beside");
    const head = panel.querySelector(".beside-head").offsetHeight;
    panel.scrollTop = 0;
    if (!cited) return;
    const down = cited.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop = down - head - 12;
  };

  /* Keeps what was clicked where it is while the page beside the panel changes its width. */
  const steadily = (element, change) => {
    const before = element && element.isConnected ? element.getBoundingClientRect().top : null;
    change();
    if (before !== null) scrollBy(0, element.getBoundingClientRect().top - before);
  };

  const open = async (link) => {
    const url = new URL(link.href);
    const turn = ++latest;
    const main = await pageOf(url).catch(() => null);
    if (turn !== latest) return;
    if (!find("beside").contains(link)) opener = link;
    steadily(opener, () => (main ? fill(main, url) : apologise(link, url)));
    reveal(mark(find("beside-text"), decodeURIComponent(url.hash.slice(1))));
    find("beside-heading").focus({ preventScroll: true });
  };

  const close = () => {
    latest += 1;
    steadily(opener, () => {
      find("beside").hidden = true;
      document.body.classList.remove("reading");
    });
  };

  const asking = () => document.querySelector("#question textarea, #question input");

  const giveBack = () => {
    const back = opener && opener.isConnected ? opener : asking();
    opener = null;
    if (back) back.focus();
  };

  const isOpen = () => {
    const panel = find("beside");
    return Boolean(panel) && !panel.hidden;
  };

  document.addEventListener(
    "click",
    (event) => {
      if (event.target instanceof Element && event.target.closest("#beside-close")) {
        close();
        giveBack();
        return;
      }
      if (event.target instanceof Element && event.target.closest("#new-conversation") && isOpen()) {
        close();
      }
      const link = citationAt(event);
      if (!link || !isPlain(event) || !find("beside")) return;
      event.preventDefault();
      open(link);
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault();
    close();
    giveBack();
  });
})();
