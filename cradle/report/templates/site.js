"use strict";
// a phone shows the list of pages when it is asked for
if (window.matchMedia("(max-width: 50rem)").matches) document.querySelector("nav details").open = false;
// a chart is drawn when it comes near the screen, so that a long page shows at once
function draw(box) {
  watcher.unobserve(box);
  if (box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  const spec = JSON.parse(box.closest(".plot").querySelector(".spec").textContent);
  if (spec.usermeta?.atLeast) box.style.minWidth = spec.usermeta.atLeast; // a phone scrolls it in its box
  window.drawChart(box, spec, { actions: false, renderer: "svg", ast: true });
}
const watcher = new IntersectionObserver(
  (entries) => entries.filter((seen) => seen.isIntersecting).forEach((seen) => draw(seen.target)),
  { rootMargin: "300px" },
);
const boxes = document.querySelectorAll(".chart");
boxes.forEach((box) => watcher.observe(box));
window.addEventListener("beforeprint", () => boxes.forEach(draw));
