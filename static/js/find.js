// The search while typing: a short list under the field in the head of the page, and the palette
// (Ctrl+K or "/"). What is found comes from the server by htmx; here are only the keys. The hits
// are ordinary links: arrows go through them, Enter follows one, Escape closes.
(() => {
  "use strict";
  const links = (finder) => [...finder.querySelectorAll(".hits a")];
  const field = (finder) => finder.querySelector("input[type=search]");
  const list = (finder) => finder.querySelector("[data-found]");

  const close = (finder) => {
    if (!finder.closest("dialog")) list(finder).replaceChildren();
  };
  const step = (finder, by) => {
    const stops = [field(finder), ...links(finder)];
    const here = stops.indexOf(document.activeElement);
    stops.at((here + by + stops.length) % stops.length).focus();
  };
  const onKey = (event, finder) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && links(finder).length) {
      event.preventDefault();
      step(finder, moves[event.key]);
    } else if (event.key === "Escape" && !finder.closest("dialog")) {
      field(finder).focus();
      close(finder);
    } else if (event.key === "Enter" && finder.closest("dialog") && event.target === field(finder)) {
      const first = links(finder)[0];
      if (!first) return;
      event.preventDefault();
      first.click();
    }
  };
  for (const finder of document.querySelectorAll("[data-finder]")) {
    finder.addEventListener("keydown", (event) => onKey(event, finder));
    finder.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !finder.contains(event.relatedTarget)) close(finder);
    });
    finder.addEventListener("htmx:afterSwap", () => {
      const said = finder.querySelector("[data-number]");
      finder.querySelector("[data-said]").textContent = said ? said.textContent : "";
    });
  }
  document.addEventListener("click", (event) => {
    for (const finder of document.querySelectorAll("[data-finder]")) {
      if (!finder.contains(event.target)) close(finder);
    }
  });
})();
