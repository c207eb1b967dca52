Viz.instance()
  .then((viz) => document.getElementById("diagram").append(viz.renderSVGElement(data.source)))
  .catch((error) => {
    const message = String((error && error.message) || error);
    const line = /line (\d+)/.exec(message);
    report(data.file, line ? Number(line[1]) : 1, data.failure.replace("{reason}", () => message));
  });
