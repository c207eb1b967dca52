(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const place = document.getElementById("diagram");
  async function draw() {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: dark.matches ? "dark" : "default",
      suppressErrorRendering: true,
      maxTextSize: 200000,
      maxEdges: 2000,
    });
    const { svg } = await mermaid.render("chatdesk-diagram", data.source);
    place.innerHTML = svg;
  }
  function fail(error) {
    const message = String((error && error.message) || error);
    const line = /line (\d+)/.exec(message);
    report(data.file, line ? Number(line[1]) : 1, data.failure.replace("{reason}", () => message));
  }
  dark.addEventListener("change", () => draw().catch(() => {}));
  draw().catch(fail);
})();
