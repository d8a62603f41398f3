/* Keeps the newest question at the top of the page while its answer grows, so that a long answer is
   read from its beginning; stops as soon as the reader scrolls. Also keeps room for what stands at
   the lower edge, and enough of it that a short answer's question can stand at the top. */
(() => {
  "use strict";

  const root = document.documentElement;
  let questions = 0;
  let following = null;

  const rows = () => document.querySelectorAll("#conversation .user-row");

  const heightOf = (element) => (element ? element.getBoundingClientRect().height : 0);

  /* What is left of the window below the last question and its answer. */
  const keepRoom = () => {
    const last = [...rows()].pop();
    const all = document.querySelector("#conversation .message-wrap");
    const waits = document.body.classList.contains("conversing");
    const dock = heightOf(document.getElementById("dock"));
    const end = all ? all.getBoundingClientRect().bottom : 0;
    const told = last && all ? end - last.getBoundingClientRect().top : waits ? 0 : innerHeight;
    root.style.setProperty("--room", `${Math.max(0, innerHeight - dock - told - 16)}px`);
  };

  const follow = () => {
    const found = rows();
    if (found.length !== questions) {
      following = found.length > questions || !following ? found[found.length - 1] || null : null;
      questions = found.length;
    }
    keepRoom();
    if (following && following.isConnected) following.scrollIntoView({ block: "start" });
  };

  const stop = () => {
    following = null;
  };

  const watchDock = new ResizeObserver(([{ target }]) => {
    root.style.setProperty("--dock", `${heightOf(target)}px`);
  });

  let dock = null;
  new MutationObserver((changes) => {
    const present = document.getElementById("dock");
    if (present && present !== dock) {
      dock = present;
      watchDock.observe(dock);
    }
    const inside = ({ target }) => target instanceof Element && target.closest('[role="log"]');
    if (changes.some(inside)) follow();
  }).observe(root, { childList: true, subtree: true });
  document.addEventListener("conversing", keepRoom);

  for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(gesture, stop, { capture: true, passive: true });
  }
})();
