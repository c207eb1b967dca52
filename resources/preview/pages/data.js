// Shows `data`: a table, a tree or a failure. Every text of it becomes a text node.
(() => {
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const isNumber = (cell) => cell.trim() !== "" && Number.isFinite(Number(cell.replaceAll(",", "")));

  function showFailure() {
    report(data.file, data.line, data.failure);
    document.body.append(element("pre", data.raw));
  }

  function showTable() {
    const table = element("table");
    const head = table.createTHead().insertRow();
    const body = table.createTBody();
    const numeric = data.columns.map((_, column) =>
      data.rows.length > 0 && data.rows.every((row) => row[column] === "" || isNumber(row[column])));
    const rows = data.rows.map((cells) => {
      const row = element("tr");
      cells.forEach((cell, column) => row.append(element("td", cell, numeric[column] ? "number" : "")));
      return row;
    });
    const words = new Intl.Collator(undefined, { numeric: true });
    const order = data.rows.map((_, index) => index);
    let sorted = -1;
    let direction = 0;
    const compare = (column) => (one, other) => {
      const a = data.rows[one][column];
      const b = data.rows[other][column];
      // What is empty stands at the end, whatever the direction.
      if (a === "" || b === "") return (a === "") - (b === "") || one - other;
      const difference = numeric[column]
        ? Number(a.replaceAll(",", "")) - Number(b.replaceAll(",", "")) : words.compare(a, b);
      return difference * direction || one - other;
    };
    const show = () => body.replaceChildren(...order.map((index) => rows[index]));
    data.columns.forEach((name, column) => {
      const cell = element("th", undefined, numeric[column] ? "number" : "");
      cell.scope = "col";
      const button = element("button", name);
      button.title = data.labels[column];
      button.addEventListener("click", () => {
        direction = sorted !== column ? 1 : direction === 1 ? -1 : direction === -1 ? 0 : 1;
        sorted = column;
        order.sort(direction ? compare(column) : (one, other) => one - other);
        for (const other of head.children) other.removeAttribute("aria-sort");
        if (direction) cell.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        show();
      });
      cell.append(button);
      head.append(cell);
    });
    show();
    document.body.append(table);
  }

  function showTree() {
    const root = element("div", undefined, "tree");
    const open = [root];
    data.tree.forEach(([depth, key, kind, text, size], index) => {
      const parent = open[Math.min(depth, open.length - 1)];
      const holder = kind === "object" || kind === "array";
      const line = element(holder ? "summary" : "div", undefined, holder ? "" : "leaf");
      if (key !== null) line.append(element("span", key, "key"), ": ");
      if (!holder) {
        line.append(element("span", kind === "string" ? JSON.stringify(text) : text, kind === "string" ? "string" : "amount"));
        parent.append(line);
        return;
      }
      line.append(element("span", kind === "object" ? `{${size}}` : `[${size}]`, "size"));
      // No page survives ten thousand elements inside each other: what lies that deep stands side by side.
      if (depth > 200) { parent.append(element("div", line.textContent, "leaf")); return; }
      const details = element("details");
      details.open = depth < 2 && size <= 200;
      details.append(line);
      parent.append(details);
      open.length = depth + 1;
      open.push(details);
    });
    document.body.append(root);
  }

  if (data.failure) return showFailure();
  if (data.notes.length) document.body.append(element("p", data.notes.join(" · "), "notes"));
  return data.tree ? showTree() : showTable();
})();
