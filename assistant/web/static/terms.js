/* Shows the definition of a term where it is pointed at, focused or tapped. It can be closed with
   Escape and pointed at itself, and works for content that comes later. Without this script a term
   is a link to its definition. */
(() => {
  "use strict";

  const ID = "definition";
  const PATIENCE = 250;
  const GAP = 6;
  let shown = null;
  let timer = 0;
  let touched = false;

  const termAt = (target) => (target instanceof Element ? target.closest("a.term") : null);

  const isInBox = (target) => target instanceof Element && Boolean(target.closest(`#${ID}`));

  const paragraph = (words, kind) => {
    const line = document.createElement("p");
    line.textContent = words;
    if (kind) line.className = kind;
    return line;
  };

  const madeBox = () => {
    const box = document.createElement("div");
    box.id = ID;
    box.className = "definition";
    box.setAttribute("role", "tooltip");
    if ("popover" in box) box.popover = "manual";
    document.body.append(box);
    return box;
  };

  const boxOf = () => document.getElementById(ID) || madeBox();

  const within = (place, size, room) => Math.max(8, Math.min(place, room - size - 8));

  /* Below the term, or above it where there is more room. */
  const placed = (box, term) => {
    const at = term.getClientRects()[0] || term.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const isRight = getComputedStyle(term).direction === "rtl";
    const fits = at.bottom + GAP + height <= innerHeight || at.top < innerHeight / 2;
    const top = fits ? at.bottom + GAP : at.top - GAP - height;
    box.style.left = `${within(isRight ? at.right - width : at.left, width, innerWidth)}px`;
    box.style.top = `${within(top, height, innerHeight)}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    const box = boxOf();
    if (box.hidePopover && box.matches(":popover-open")) box.hidePopover();
    box.hidden = true;
  };

  const show = (term) => {
    clearTimeout(timer);
    if (shown === term) return;
    hide();
    const box = boxOf();
    const spoken = term.closest("[lang]");
    box.lang = spoken ? spoken.lang : "";
    box.dir = spoken ? spoken.dir : "auto";
    box.replaceChildren(paragraph(term.dataset.definition), paragraph(term.dataset.label, "source"));
    box.hidden = false;
    if (box.showPopover) box.showPopover();
    placed(box, term);
    term.setAttribute("aria-describedby", ID);
    shown = term;
  };

  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, PATIENCE);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termAt(event.target);
    if (term) show(term);
    else if (isInBox(event.target)) clearTimeout(timer);
    else if (shown && shown !== document.activeElement) hideSoon();
  });

  document.addEventListener("focusin", (event) => {
    const term = termAt(event.target);
    if (term && term.matches(":focus-visible")) show(term);
    else if (shown && !isInBox(event.target)) hide();
  });

  document.addEventListener("focusout", (event) => {
    if (shown && event.target === shown) hideSoon();
  });

  addEventListener(
    "pointerdown",
    (event) => {
      touched = event.pointerType === "touch";
      if (shown && !termAt(event.target) && !isInBox(event.target)) hide();
    },
    true,
  );

  /* The first tap shows the definition, the second follows the link. The window is asked before the
     document, whose scripts open links in their own way. */
  addEventListener(
    "click",
    (event) => {
      const term = termAt(event.target);
      if (!term) return;
      if (!touched || shown === term) {
        hide();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      show(term);
    },
    true,
  );

  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !shown) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      hide();
    },
    true,
  );

  addEventListener("scroll", () => shown && placed(boxOf(), shown), { capture: true, passive: true });
  addEventListener("resize", hide);
})();
