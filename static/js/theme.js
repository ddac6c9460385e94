// Light or dark before anything is drawn: the one script that the page waits for. The server knows
// what the person chose; what "as the system" means only the browser knows.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    if (root.dataset.theme === "system") root.dataset.bsTheme = system.matches ? "dark" : "light";
  };
  show();
  system.addEventListener("change", show);
})();
