/* Files that the server makes, and the visitor keeps. */

/** Save the content under a name, as if a link to it had been followed. */
export const saveAs = (content, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

/** The name that the server gives to a file. */
export const nameOf = (answer) =>
  decodeURIComponent(/filename=([^;]+)/.exec(answer.headers.get("Content-Disposition"))[1]);
