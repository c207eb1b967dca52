// Turns the drawn diagram into a PNG, in the text of an element that the program reads: it shares the document, but no object of the page.
// A page without a view has no width, to which some diagrams adapt.
if (data.picture) document.body.style.width = "736px";
function answerPicture(answer) {
  const output = document.createElement("output");
  output.id = "chatdesk-picture";
  output.hidden = true;
  output.textContent = JSON.stringify(answer);
  document.body.append(output);
}
function refusePicture(reason) {
  answerPicture({ reason: reason.slice(0, 300) });
}
async function takePicture(svg) {
  const box = svg.viewBox.baseVal;
  const bounds = svg.getBoundingClientRect();
  // Graphviz measures in points, Mermaid in pixels.
  const unit = /pt$/.test(svg.getAttribute("width") || "") ? 4 / 3 : 1;
  const width = Math.max(1, (box && box.width) || bounds.width) * unit;
  const height = Math.max(1, (box && box.height) || bounds.height) * unit;
  const scale = Math.min(data.picture.scale, Math.sqrt(data.picture.pixels / (width * height)));
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.style.maxWidth = "none";
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  answerPicture({ picture: canvas.toDataURL("image/png"), scale });
}
