"use strict";
// a phone shows the list of pages when it is asked for
if (window.matchMedia("(max-width: 50rem)").matches) document.querySelector("nav details").open = false;
// a chart is drawn when it comes near the screen, so that a long page shows at once
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((seen) => seen.isIntersecting)) {
    watcher.unobserve(entry.target);
    const spec = JSON.parse(entry.target.closest(".plot").querySelector(".spec").textContent);
    if (spec.usermeta?.atLeast) entry.target.style.minWidth = spec.usermeta.atLeast; // a phone scrolls it in its box
    window.drawChart(entry.target, spec, { actions: false, renderer: "svg", ast: true });
  }
}, { rootMargin: "300px" });
document.querySelectorAll(".chart").forEach((box) => watcher.observe(box));
