// The bell: when its count grows, the desktop says so, if the person allowed it by a click.
// It never says of what; that stands on the page, where rights are checked.
(() => {
  "use strict";
  const bell = document.getElementById("bell");
  const ask = document.getElementById("allow-desktop");
  const can = "Notification" in window;
  let newest = null;

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== bell) return;
    const link = bell.querySelector("[data-newest]");
    if (!link) return;
    const now = Number(link.dataset.newest);
    if (newest !== null && now > newest && can && Notification.permission === "granted") {
      new Notification(link.dataset.title, { body: link.dataset.body, tag: "notices" });
    }
    newest = now;
  });

  const state = () => {
    const said = can ? Notification.permission : "unsupported";
    for (const one of document.querySelectorAll("[data-desktop]")) {
      one.hidden = one.dataset.desktop !== said;
    }
    if (ask) ask.hidden = said !== "default";
  };
  if (ask) ask.addEventListener("click", () => Notification.requestPermission().then(state));
  state();
})();
