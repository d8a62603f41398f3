/* Copies the address of a provision where it is asked for. Without this script it is a plain link. */
(() => {
  "use strict";

  const isPlain = (event) =>
    event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const told = (link) => {
    const place = document.getElementById("copied");
    place.textContent = "";
    place.textContent = place.dataset.said;
    link.dataset.copied = "";
    link.title = place.dataset.said;
    setTimeout(() => {
      delete link.dataset.copied;
      link.removeAttribute("title");
    }, 2000);
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.here") : null;
    if (!link || !isPlain(event) || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(
      () => told(link),
      () => {},
    );
  });
})();
