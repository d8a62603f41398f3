/* The sentences of the page, which the server sends in the template "said". */
const find = (name) =>
  document.getElementById("said").content.querySelector(`[data-name="${CSS.escape(name)}"]`);

/** The sentence of that name, with its placeholders filled. */
export const said = (name, values = {}) =>
  find(name).textContent.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));

/** Say a sentence to those who listen; the page looks as before. */
export const tell = (words) => {
  document.getElementById("told").textContent = words;
};
