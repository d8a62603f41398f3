/* Keeps the newest question at the top of the conversation while its answer grows, so that a long
   answer is read from its beginning; stops as soon as the reader scrolls. */
(() => {
  "use strict";

  let questions = 0;
  let following = null;

  const follow = () => {
    const rows = document.querySelectorAll("#conversation .user-row");
    if (rows.length !== questions) {
      questions = rows.length;
      following = rows[questions - 1] || null;
    }
    if (following && following.isConnected) following.scrollIntoView({ block: "start" });
  };

  const stop = () => {
    following = null;
  };

  new MutationObserver((changes) => {
    const inside = ({ target }) =>
      target instanceof Element && target.closest('[role="log"], #suggestions');
    if (changes.some(inside)) follow();
  }).observe(document.documentElement, { childList: true, subtree: true });

  for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(gesture, stop, { capture: true, passive: true });
  }
})();
