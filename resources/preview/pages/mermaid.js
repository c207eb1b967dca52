(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const place = document.getElementById("diagram");
  // Branches of mind maps, sections of timelines and the like.
  function scales(color) {
    const found = {};
    for (let step = 0; step < 12; step += 1) {
      found[`cScale${step}`] = step % 2 ? color.soft : color.line;
      found[`cScaleLabel${step}`] = color.text;
      found[`cScaleInv${step}`] = color.border;
      found[`cScalePeer${step}`] = color.border;
    }
    return found;
  }
  async function draw() {
    const dark = data.picture ? data.picture.dark : system.matches;
    const color = dark ? data.colors.dark : data.colors.light;
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: "base",
      // A picture cannot contain HTML: the canvas would refuse to give it away.
      htmlLabels: !data.picture,
      flowchart: { htmlLabels: !data.picture },
      class: { htmlLabels: !data.picture },
      suppressErrorRendering: true,
      maxTextSize: 200000,
      maxEdges: 2000,
      fontFamily: "Inter, system-ui, sans-serif",
      themeVariables: {
        darkMode: dark,
        fontFamily: "Inter, system-ui, sans-serif",
        fontSize: "14px",
        background: color.page,
        mainBkg: color.header,
        primaryColor: color.header,
        primaryTextColor: color.text,
        primaryBorderColor: color.border,
        secondaryColor: color.soft,
        secondaryTextColor: color.text,
        secondaryBorderColor: color.accent,
        tertiaryColor: color.sunken,
        tertiaryTextColor: color.text,
        tertiaryBorderColor: color.line,
        lineColor: color.muted,
        textColor: color.text,
        titleColor: color.text,
        nodeBorder: color.border,
        clusterBkg: color.sunken,
        clusterBorder: color.line,
        edgeLabelBackground: color.page,
        noteBkgColor: color.soft,
        noteTextColor: color.text,
        noteBorderColor: color.accent,
        actorBkg: color.header,
        actorBorder: color.border,
        actorTextColor: color.text,
        signalColor: color.muted,
        signalTextColor: color.text,
        labelBoxBkgColor: color.header,
        labelBoxBorderColor: color.border,
        activationBkgColor: color.soft,
        activationBorderColor: color.accent,
        gridColor: color.line,
        taskBkgColor: color.accent,
        taskTextColor: color.onAccent,
        taskTextOutsideColor: color.text,
        taskBorderColor: color.accent,
        sectionBkgColor: color.sunken,
        altSectionBkgColor: color.page,
        todayLineColor: color.accent,
        ...scales(color),
        pie1: color.accent,
        pie2: color.border,
        pie3: color.soft,
        pieTitleTextColor: color.text,
        pieLegendTextColor: color.text,
        pieStrokeColor: color.page,
        pieOuterStrokeColor: color.line,
      },
      themeCSS: `.node rect, rect.actor { rx: 6px; ry: 6px }
        .node polygon { fill: ${color.soft}; stroke: ${color.accent} }
        .edgeLabel rect, .labelBkg { fill: ${color.page}; background: ${color.page}; opacity: 1 }`,
    });
    const { svg } = await mermaid.render("chatdesk-diagram", data.source);
    place.innerHTML = svg;
    if (data.picture) await takePicture(place.querySelector("svg"));
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
