/* The page on which a bill is read: progress, filters, and pinpoints for the self-assessment.
   Without this script the form is sent as it is, and the table comes back as a page. */
(() => {
  "use strict";

  const find = (id) => document.getElementById(id);
  const form = find("bill");
  const file = find("file");
  const pasted = find("pasted");
  const result = find("result");
  let running = null;

  const said = (name) => form.dataset[name] || "";

  const announce = (words) => {
    if (find("told").textContent !== words) find("told").textContent = words;
  };

  const fail = (sentence) => {
    find("failure").textContent = "";
    find("failure").textContent = sentence;
  };

  /* What is wrong with what was given, as a sentence; "" where it can be sent. */
  const objection = () => {
    const given = file.files[0];
    const text = pasted.value.trim();
    if (given && text) return said("both");
    if (!given && !text) return said("neither");
    return given && given.size > Number(form.dataset.limit) ? said("tooLarge") : "";
  };

  const showStep = (stage, done) => {
    find("doing").textContent = said(stage);
    announce(said(stage));
    const bar = find("bar");
    if (stage === "comparing" && done > 0) bar.value = done;
    else bar.removeAttribute("value");
  };

  const busy = (is) => {
    find("progress").hidden = !is;
    find("read").disabled = is;
    form.setAttribute("aria-busy", String(is));
  };

  const sentence = async (answer) => {
    const body = await answer.json().catch(() => ({}));
    return body.message || (body.error && body.error.message) || said("lost");
  };

  /* The lines of an answer as they come, each read as JSON. */
  async function* lines(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = [];
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const parts = value.split("\n");
      while (parts.length > 1) {
        yield JSON.parse(rest.join("") + parts.shift());
        rest = [];
      }
      rest.push(parts[0]);
    }
  }

  const follow = async (answer) => {
    for await (const line of lines(answer.body)) {
      if (line.event === "error") return fail(line.message);
      if (line.event === "done") return showTable(line.html);
      showStep(line.event, line.done);
    }
    return fail(said("lost"));
  };

  const send = async () => {
    const why = objection();
    if (why) return fail(why);
    fail("");
    result.replaceChildren();
    running = new AbortController();
    busy(true);
    showStep("sending", 0);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/x-ndjson" },
        signal: running.signal,
      });
      await (answer.ok ? follow(answer) : answer.text().then(retold(answer)));
    } catch (error) {
      if (error.name === "AbortError") announce(said("stopped"));
      else fail(said("lost"));
    } finally {
      running = null;
      busy(false);
    }
  };

  const retold = (answer) => async (text) =>
    fail(await sentence(new Response(text, { status: answer.status })));

  /* A file in its address can be too long for a browser: it is handed over as an object instead. */
  const asObject = (link) => {
    const [head, content] = link.getAttribute("href").split(",");
    const kind = head.slice("data:".length).replace(";base64", "");
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
  };

  const forget = () => {
    for (const link of result.querySelectorAll('a[href^="blob:"]')) URL.revokeObjectURL(link.href);
  };

  const showTable = (html) => {
    forget();
    const page = new DOMParser().parseFromString(html, "text/html");
    result.replaceChildren(...page.body.childNodes);
    ready();
    const heading = find("found-heading");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  };

  const ready = () => {
    for (const link of result.querySelectorAll('a[href^="data:"]')) asObject(link);
    if (!find("filters")) return;
    find("filters").hidden = false;
    find("filters").addEventListener("change", filter);
    find("note").hidden = !window.assessment;
    find("note-button").addEventListener("click", note);
    filter();
  };

  const filter = () => {
    const boxes = find("filters").querySelectorAll('[name="result"]:checked');
    const results = new Set([...boxes].map((box) => box.value));
    const level = find("of-level").value;
    const chapter = find("of-chapter").value;
    let shown = 0;
    const rows = result.querySelectorAll(".finding");
    for (const row of rows) {
      const { result: found, levels } = row.dataset;
      const fits = results.has(found) && (!level || levels.split("|").includes(level));
      row.hidden = !fits || (chapter && row.closest("tbody").dataset.chapter !== chapter);
      shown += Number(!row.hidden);
    }
    for (const body of result.querySelectorAll("tbody")) {
      body.hidden = !body.querySelector(".finding:not([hidden])");
    }
    find("shown").textContent = said("shown")
      .replace("{shown}", shown)
      .replace("{all}", rows.length);
  };

  /* Fills empty domestic provisions of the self-assessment; sets no status. */
  const note = () => {
    let count = 0;
    let kept = 0;
    for (const row of result.querySelectorAll(".finding:not([data-note=''])")) {
      const ids = row.dataset.rows.split(" ").filter(Boolean);
      for (const id of ids) {
        if (window.assessment.get(id)?.provision) {
          kept += 1;
        } else {
          window.assessment.put(id, { provision: row.dataset.note });
          count += 1;
        }
      }
    }
    find("noted").textContent = said("noted").replace("{count}", count).replace("{kept}", kept);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!running) send();
  });

  find("cancel").addEventListener("click", () => {
    if (running) running.abort();
    find("read").focus();
  });

  const drop = find("drop");
  find("drop-hint").hidden = false;

  const brings = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });

  for (const end of ["dragleave", "drop", "dragend"]) {
    document.addEventListener(end, () => drop.classList.remove("over"));
  }

  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    if (running || !event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    send();
  });

  ready();
})();
