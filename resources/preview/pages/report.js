// Says what went wrong: on the page, and in the console as an error at a line of the code, where the preview links it.
function report(file, line, sentence) {
  const paragraph = document.createElement("p");
  paragraph.className = "chatdesk-failure";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = sentence;
  document.body.append(paragraph);
  const place = "\n".repeat(Math.min(Math.max(0, line - 1), 100000));
  // Evaluated under the code's own name, at its own line: that is the place the console tells.
  setTimeout(() => (0, eval)(`${place}throw new Error(${JSON.stringify(sentence)})\n//# sourceURL=${file}`));
}
