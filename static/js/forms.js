// Ticks all boxes of a group, shows the error summary first when a form comes back, and keeps
// drafts: at once when the page is left, and again when the site answers after it did not.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-ticks]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of document.querySelectorAll(`input[name="${button.dataset.ticks}"]`)) {
        box.checked = true;
      }
      button.form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  document.querySelector("form .alert-danger")?.focus();

  // What the site says about a draft is shown also where it says that it was not kept.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const shown = event.detail.target.matches(".draft-state") ? [401, 409] : [];
    if (event.detail.target.id === "talk") shown.push(422);
    if (shown.includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  const RETRY = 15000;
  const typed = new Set();
  const keep = (form) => htmx.trigger(form, "draft-now");
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-draft]");
    if (form) typed.add(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!typed.has(form)) return;
    if (event.detail.successful) typed.delete(form);
    else if (!event.detail.xhr.status) window.setTimeout(() => typed.has(form) && keep(form), RETRY);
  });
  // What is being sent is no draft any more.
  document.addEventListener("submit", (event) => {
    typed.delete(event.target);
    event.target.toggleAttribute("data-sent", true);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches("[data-draft][data-sent]")) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) form.removeAttribute("data-sent");
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") typed.forEach(keep);
  });
})();
