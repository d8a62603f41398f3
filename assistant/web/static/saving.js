/* Saves the conversation: as a file that the server makes and does not keep, or by printing. */
import { nameOf, saveAs } from "./files.js";
import { said, tell } from "./said.js";

const root = () => document.documentElement.dataset.root || "";

const made = async (format) => {
  const body = JSON.stringify(window.conversation.turns());
  const answer = await fetch(`${root()}/conversation?format=${format}`, { method: "POST", body });
  if (!answer.ok) throw new Error(`${answer.status}`);
  saveAs(await answer.blob(), nameOf(answer));
};

const save = async (format) => {
  try {
    await made(format);
    tell(said("saved"));
  } catch {
    window.conversation.passing(said("not_saved"));
    tell(said("not_saved"));
  }
};

/* On paper a link is worth its whole address. */
const writeOut = () => {
  for (const line of document.querySelectorAll(".cited li:not(:has(.address))")) {
    const link = line.querySelector("a.chip");
    if (!link) continue;
    const address = document.createElement("span");
    address.className = "address";
    address.textContent = link.href;
    line.append(address);
  }
  document.getElementById("printed-on").textContent = new Intl.DateTimeFormat(
    document.documentElement.lang,
    { dateStyle: "long" },
  ).format(new Date());
};

addEventListener("beforeprint", writeOut);

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-save]");
  if (!button) return;
  const menu = button.closest("details");
  menu.open = false;
  menu.querySelector("summary").focus();
  if (button.dataset.save === "print") print();
  else save(button.dataset.save);
});
