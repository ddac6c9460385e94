// Says the day while the slider moves, and shows it when the slider is let go.
(() => {
  "use strict";
  const form = document.querySelector("[data-replay]");
  if (!form) return;
  const slider = form.querySelector("[data-days]");
  const days = slider.dataset.days.split(" ");
  const output = form.querySelector("[data-replay-day]");
  slider.addEventListener("input", () => {
    output.value = days[slider.value];
    slider.setAttribute("aria-valuetext", days[slider.value]);
  });
  slider.addEventListener("change", () => form.requestSubmit());
})();
