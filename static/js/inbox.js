// Keeps the inbox fresh: the socket says that something changed, never what; the page then asks
// for its rows. Without a socket the rows are asked for every 60 s (hx-trigger in _rows.html).
(() => {
  "use strict";
  const WAIT = 1000;
  const LONGEST = 60000;
  const news = document.getElementById("inbox-news");
  let wait = WAIT;
  let pending = 0;

  const refresh = () => {
    pending = 0;
    const rows = document.getElementById("inbox-rows");
    if (rows) htmx.trigger(rows, "inbox-changed");
  };
  // Many changes at once are one refresh.
  const soon = () => {
    pending ||= window.setTimeout(refresh, 300);
  };
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws/inbox/`);
    socket.addEventListener("open", () => {
      if (wait > WAIT) soon(); // something may have changed while there was no socket
      wait = WAIT;
    });
    socket.addEventListener("message", (event) => {
      if (JSON.parse(event.data).changed) soon();
    });
    socket.addEventListener("close", () => {
      window.setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST);
    });
  };

  let before = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "inbox-rows") before = event.detail.target.textContent;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "inbox-rows") return;
    news.textContent = event.detail.elt.textContent === before ? "" : news.dataset.changed;
  });
  connect();
})();
