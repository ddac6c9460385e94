// One socket a person: of all open pages of the site one holds it and tells the others. It says that
// something changed, never what. Whoever cares listens for "site:changed" on the document.
(() => {
  "use strict";
  const WAIT = 1000;
  const LONGEST = 60000;
  const CHANNEL = "site-live";
  if (!document.body.dataset.live) return;
  const others = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
  let wait = WAIT;

  const told = () => document.dispatchEvent(new CustomEvent("site:changed"));
  const tell = () => {
    told();
    others?.postMessage("changed");
  };
  others?.addEventListener("message", told);

  // Waits grow, and differ from page to page: after a restart not everybody comes at once.
  const later = () => wait / 2 + Math.random() * (wait / 2);
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws/inbox/`);
    socket.addEventListener("open", () => {
      tell(); // something may have changed since the page was drawn, or while there was no socket
      wait = WAIT;
    });
    socket.addEventListener("message", (event) => {
      if (JSON.parse(event.data).changed) tell();
    });
    socket.addEventListener("close", () => {
      window.setTimeout(connect, later());
      wait = Math.min(wait * 2, LONGEST);
    });
  };

  // The lock is held as long as the page lives; then the next page gets it and the socket.
  // Browsers give locks on secure pages only; elsewhere each page has its own socket.
  if (others && navigator.locks) {
    navigator.locks.request(CHANNEL, () => {
      connect(); // between two holders nobody listened: it tells when the socket is open
      return new Promise(() => {});
    });
  } else {
    connect();
  }
})();
