/* Speaks with the page that frames this one, if the settings name its site:
   in  {type: "convention:ask", question}
   out {type: "convention:answer", answer}, {type: "convention:height", height} */
(() => {
  "use strict";

  const sites = document.currentScript.dataset.sites.split(" ").filter(Boolean);

  const isOf = (site, origin) => {
    const [scheme, below] = site.split("://*.");
    return below ? origin.startsWith(`${scheme}://`) && origin.endsWith(`.${below}`) : origin === site;
  };

  const isAllowed = (origin) =>
    origin === location.origin || sites.some((site) => isOf(site, origin));

  const named = location.ancestorOrigins?.[0] ?? document.referrer;
  let around = URL.canParse(named) ? new URL(named).origin : "";

  const ask = async (question) => {
    await customElements.whenDefined("convention-assistant");
    await window.ConventionAssistant.ask(question).catch(() => {});
  };

  const tell = (type, values) => {
    if (parent === window || !isAllowed(around)) return;
    parent.postMessage({ type: `convention:${type}`, ...values }, around);
  };

  window.addEventListener("message", ({ data, origin, source }) => {
    if (source !== parent || parent === window || !isAllowed(origin)) return;
    around = origin;
    if (data?.type !== "convention:ask" || typeof data.question !== "string") return;
    ask(data.question);
  });

  document.addEventListener("convention-answer", ({ detail }) => tell("answer", { answer: detail }));
  document.addEventListener("convention-height", ({ detail }) => tell("height", { height: detail }));
})();
