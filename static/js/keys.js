// Shortcuts: what each does stands in the dialog that "?" opens, and is read from there. Single
// keys can be switched off there (WCAG 2.1.4); Ctrl+K always works.
(() => {
  "use strict";
  const help = document.getElementById("keys");
  const palette = document.getElementById("palette");
  if (!help || !palette) return;
  const SWITCH = "single-keys";
  const on = help.querySelector("[data-single-keys]");
  on.checked = localStorage.getItem(SWITCH) !== "off";
  on.addEventListener("change", () => localStorage.setItem(SWITCH, on.checked ? "on" : "off"));

  const open = (dialog) => {
    document.querySelector("dialog[open]")?.close();
    dialog.showModal();
    const field = dialog.querySelector("input[type=search]");
    if (field) {
      field.select();
      htmx.trigger(field, "finder-opened");
    }
  };
  const rows = () => [...document.querySelectorAll("main tbody tr, main .hits > li, main .offers > li")];
  const move = (by) => {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    next?.querySelector("a, button")?.focus();
  };
  const ACTS = {
    palette: () => open(palette),
    keys: () => open(help),
    next: () => move(1),
    previous: () => move(-1),
    act: () => document.activeElement?.closest("tr, li")?.querySelector(".btn-primary")?.click(),
    filter: () => document.querySelector("main form.filter :is(input:not([type=hidden]), select)")?.focus(),
    content: () => document.getElementById("content").focus(),
  };
  const known = new Map();
  for (const one of help.querySelectorAll("[data-keys]")) {
    const { keys, act, url } = one.dataset;
    known.set(keys, url ? () => location.assign(url) : ACTS[act]);
  }

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let before = "";
  let forget = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open(palette);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!on.checked || typing(event.target) || document.querySelector("dialog[open]")) return;
    const run = known.get(`${before} ${event.key}`.trim()) ?? known.get(event.key);
    before = "";
    window.clearTimeout(forget);
    if (run) {
      event.preventDefault();
      run();
    } else if (event.key === "g") {
      before = "g";
      forget = window.setTimeout(() => (before = ""), 1500);
    }
  });
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.hidden = false;
    button.addEventListener("click", () => open(document.getElementById(button.dataset.opens)));
  }
  for (const button of document.querySelectorAll("dialog [data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
})();
