// A drawing without a view box keeps its size when its element is made smaller: give it the one that its width and height mean.
(() => {
  const drawing = document.querySelector("body > svg");
  if (!drawing || drawing.hasAttribute("viewBox")) return;
  const [width, height] = ["width", "height"].map((name) => parseFloat(drawing.getAttribute(name)));
  const relative = /%/.test(`${drawing.getAttribute("width")}${drawing.getAttribute("height")}`);
  if (width > 0 && height > 0 && !relative) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
})();
