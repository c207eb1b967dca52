(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const place = document.getElementById("diagram");
  async function draw() {
    const dark = data.picture ? data.picture.dark : system.matches;
    const color = dark ? data.colors.dark : data.colors.light;
    // Graphviz knows the widths of this font; another one would not fit its boxes.
    const font = { fontname: "Helvetica,Arial,sans-serif", fontcolor: color.text };
    const viz = await Viz.instance();
    const svg = viz.renderSVGElement(data.source, {
      graphAttributes: { bgcolor: "transparent", color: color.line, ...font },
      nodeAttributes: { color: color.border, fillcolor: color.header, fontsize: 13, ...font },
      edgeAttributes: { color: color.muted, fontsize: 12, ...font },
    });
    place.replaceChildren(svg);
    if (data.picture) await takePicture(svg);
  }
  function fail(error) {
    const message = String((error && error.message) || error);
    const line = /line (\d+)/.exec(message);
    report(data.file, line ? Number(line[1]) : 1, data.failure.replace("{reason}", () => message));
    if (data.picture) refusePicture(message);
  }
  if (!data.picture) system.addEventListener("change", () => draw().catch(() => {}));
  draw().catch(fail);
})();
