// Ticks all boxes of a group; shows the error summary first when a form comes back.
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
})();
