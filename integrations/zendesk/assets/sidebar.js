/* Shows the assistant beside a ticket. What the ticket says stays in Zendesk until an agent presses
   one of the two buttons; then it is asked as a question, and goes to the assistant alone. */
(() => {
  "use strict";

  const LONGEST = 2000;
  const LOW = 320;
  const HIGH = 900;

  const client = window.ZAFClient.init();
  const find = (id) => document.getElementById(id);
  const frame = find("assistant");
  const say = (words) => {
    find("state").textContent = words;
  };

  /** Where the page for frames is; null where the app's setting is no such address. */
  const pageAt = ({ address, key, language }) => {
    const base = String(address ?? "").trim().replace(/\/*$/, "/");
    if (!/^https?:/.test(base) || !URL.canParse(base)) return null;
    const page = new URL("embed", base);
    if (language) page.searchParams.set("lang", language);
    if (key) page.searchParams.set("key", key);
    return page;
  };

  const questionOf = (parts) => {
    const words = parts.map((part) => String(part ?? "").trim()).filter(Boolean).join("\n");
    return words.slice(0, LONGEST);
  };

  const ask = async (paths, origin) => {
    const ticket = await client.get(paths);
    const question = questionOf(paths.map((path) => ticket[path]));
    say(question ? "" : "The ticket has no words to ask yet.");
    if (question) frame.contentWindow.postMessage({ type: "convention:ask", question }, origin);
  };

  const grow = (wanted) => {
    const height = Math.round(Math.min(Math.max(wanted, LOW), HIGH));
    frame.style.height = `${height}px`;
    client.invoke("resize", { width: "100%", height: `${frame.offsetTop + height + 8}px` });
  };

  const listen = (origin) => {
    window.addEventListener("message", ({ data, origin: from, source }) => {
      if (source !== frame.contentWindow || from !== origin) return;
      if (data?.type === "convention:height") grow(Number(data.height) || LOW);
    });
  };

  const offer = (id, paths, origin) => {
    const failed = () => say("The ticket could not be read: try again.");
    find(id).addEventListener("click", () => ask(paths, origin).catch(failed));
    find(id).disabled = false;
  };

  const ready = (origin) => {
    offer("subject", ["ticket.subject"], origin);
    offer("both", ["ticket.subject", "ticket.description"], origin);
  };

  const start = async () => {
    const { settings } = await client.metadata();
    const page = pageAt(settings);
    if (!page) {
      say("The address of the assistant in the settings of this app is not a web address.");
      return;
    }
    listen(page.origin);
    frame.addEventListener("load", () => ready(page.origin), { once: true });
    frame.src = page.href;
    frame.hidden = false;
  };

  start();
})();
