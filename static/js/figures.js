// Draws each chart from the table that says the same; without it the tables are there.
(() => {
  "use strict";
  if (typeof Chart === "undefined") return;
  const colours = ["#2f5d9b", "#d9822b", "#4f7a4a", "#8a4f7d"];
  const style = getComputedStyle(document.body);
  Chart.defaults.font.family = style.fontFamily;
  Chart.defaults.color = style.color;

  function draw(frame) {
    const table = document.getElementById(frame.dataset.chart);
    const rows = [...table.tBodies[0].rows];
    if (!rows.length) return;
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
    const flat = "flat" in frame.dataset;
    const stacked = "stacked" in frame.dataset;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", table.caption.textContent.trim());
    frame.append(canvas);
    frame.hidden = false;
    if (flat) frame.style.height = `${Math.max(10, 3 + rows.length * names.length * 1.4)}rem`;
    new Chart(canvas, {
      type: "bar",
      data: {
        labels: rows.map((row) => row.cells[0].textContent.trim()),
        datasets: names.map((label, place) => ({
          label,
          data: rows.map((row) => Number(row.cells[place + 1].textContent)),
          backgroundColor: colours[place % colours.length],
        })),
      },
      options: {
        indexAxis: flat ? "y" : "x",
        maintainAspectRatio: false,
        animation: false,
        plugins: { legend: { display: names.length > 1 } },
        scales: { x: { stacked, beginAtZero: true }, y: { stacked, beginAtZero: true } },
      },
    });
    frame.dataset.drawn = "yes";
  }
  document.querySelectorAll("[data-chart]").forEach(draw);
})();
