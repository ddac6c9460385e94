// Keeps the inbox fresh: when live.js says that something changed, the page asks for its rows.
// Without a socket the rows are asked for every 60 s (hx-trigger in table.html). What is ticked, where the
// person is and what has the focus stay as they are.
(() => {
  "use strict";
  const PAUSE = 300;
  const news = document.getElementById("inbox-news");
  const picked = document.getElementById("picked");
  const rowsNow = () => document.getElementById("inbox-rows");
  const boxes = () => [...document.querySelectorAll('#inbox-rows input[name="task"]')];
  let pending = 0;
  let before = "";
  let kept = { ticked: new Set(), focus: "", top: 0 };

  const refresh = () => {
    pending = 0;
    const rows = rowsNow();
    if (rows) htmx.trigger(rows, "inbox-changed");
  };
  // Many changes at once are one refresh.
  document.addEventListener("site:changed", () => {
    pending ||= window.setTimeout(refresh, PAUSE);
  });

  const count = () => {
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    if (picked) picked.value = ticked || "–";
    const every = document.getElementById("pick-all");
    if (!every) return;
    every.hidden = false;
    every.checked = ticked > 0 && ticked === all.length;
    every.indeterminate = ticked > 0 && ticked < all.length;
  };
  document.addEventListener("change", (event) => {
    if (event.target.id === "pick-all") {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    if (event.target.closest("#inbox-rows")) count();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "inbox-rows") return;
    before = event.detail.target.textContent;
    kept = {
      ticked: new Set(boxes().filter((box) => box.checked).map((box) => box.value)),
      focus: event.detail.target.contains(document.activeElement) ? document.activeElement.id : "",
      top: window.scrollY,
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const rows = rowsNow();
    if (!rows || !event.detail.target || event.detail.target.id !== "inbox-rows") return;
    for (const box of boxes()) box.checked = kept.ticked.has(box.value);
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
    window.scrollTo({ top: kept.top, behavior: "instant" });
    count();
    const save = document.getElementById("save-list");
    if (save) save.search = location.search;
    const next = document.querySelector('#bulk input[name="next"]');
    if (next) next.value = location.pathname + location.search;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "inbox-rows") return;
    news.textContent = event.detail.elt.textContent === before ? "" : news.dataset.changed;
  });
  count();
})();
