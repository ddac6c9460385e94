// Says in words when a request made in the background fails; closes the menu as people expect.
(() => {
  "use strict";
  const announcement = document.getElementById("announcement");
  const say = (text) => {
    announcement.textContent = text;
  };
  document.addEventListener("htmx:responseError", () => say(announcement.dataset.failed));
  document.addEventListener("htmx:sendError", () => say(announcement.dataset.offline));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) say("");
  });
  const menu = document.querySelector(".site-menu");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
