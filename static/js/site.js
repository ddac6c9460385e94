// Says in words when a request made in the background fails.
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
})();
