/* Runs before anything is drawn, so that a remembered theme or text size does not flash. */
(() => {
  "use strict";
  const root = document.documentElement;

  function apply(name, chosen) {
    if (chosen) root.dataset[name] = chosen;
    else delete root.dataset[name];
    if (name !== "theme") return;
    document.querySelector("meta[name=color-scheme]").content = chosen || "light dark";
    for (const meta of document.querySelectorAll("meta[data-scheme]")) {
      const { scheme } = meta.dataset;
      meta.media = !chosen ? `(prefers-color-scheme: ${scheme})` : scheme === chosen ? "all" : "not all";
    }
  }

  function recall() {
    try {
      for (const name of ["theme", "size"]) apply(name, localStorage.getItem(`display.${name}`));
    } catch { /* nothing is kept: as the device */ }
  }

  root.dataset.scripted = "";
  recall();
  addEventListener("pageshow", recall);
  addEventListener("storage", recall);
  addEventListener("display", ({ detail }) => apply(detail.name, detail.chosen));
})();
