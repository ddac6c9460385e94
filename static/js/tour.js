// The tour as a dialog, one stop after the other; without it the link leads to a page of all stops.
// What a stop is about is marked in the navigation; the heading of each stop gets the focus, so that
// it is read out.
(() => {
  "use strict";
  const dialog = document.getElementById("tour");
  const opens = document.querySelector("[data-tour-opens]");
  if (!dialog || !opens) return;
  const stops = [...dialog.querySelectorAll("[data-stop]")];
  const back = dialog.querySelector("[data-tour-back]");
  const next = dialog.querySelector("[data-tour-next]");
  const end = dialog.querySelector("[data-tour-end]");
  let at = 0;

  const unmark = () => document.querySelector(".tour-here")?.classList.remove("tour-here");
  const show = (place) => {
    at = place;
    stops.forEach((stop, number) => (stop.hidden = number !== at));
    back.hidden = at === 0;
    next.hidden = at === stops.length - 1;
    end.hidden = !next.hidden;
    unmark();
    const url = stops[at].dataset.url;
    if (url) document.querySelector(`.site-nav a[href="${url}"]`)?.classList.add("tour-here");
    stops[at].querySelector("h2").focus();
  };
  opens.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
    show(0);
  });
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  dialog.addEventListener("close", () => {
    unmark();
    opens.focus();
  });
})();
