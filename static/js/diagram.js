// Draws a procedure over the list of its steps: colours, words, and a panel for the chosen step.
// What draws it is read when somebody comes near: it is most of the work of a case's page, at whose
// end it stands.
(() => {
  "use strict";
  const frame = document.querySelector("[data-diagram]");
  if (!frame) return;
  const card = frame.closest("[data-diagram-card]");
  const panel = document.getElementById("diagram-panel");
  const list = document.getElementById(frame.dataset.list).closest("section");
  const steps = [...list.querySelectorAll("[data-step]")];
  let viewer, canvas;
  const stepOf = (element) => element.id.replace(/_label$/, "").split("-")[0];
  const elementsOf = (step) =>
    viewer.get("elementRegistry").filter((one) => !one.labelTarget && !one.waypoints && stepOf(one) === step);

  function mark(item) {
    const { step, state, label, heat } = item.dataset;
    for (const element of elementsOf(step)) {
      const whole = element.id === step || (element.type === "bpmn:EndEvent" && !element.id.endsWith("-late"));
      if (state && whole) canvas.addMarker(element.id, `at-${state}`);
      if (heat) canvas.addMarker(element.id, `heat-${heat}`);
    }
    const main = viewer.get("elementRegistry").get(step);
    if (!main || !label) return;
    const word = document.createElement("span");
    word.className = `diagram-mark diagram-mark-${state || "figure"}`;
    word.textContent = label;
    viewer.get("overlays").add(step, { position: { top: -12, left: 24 }, html: word });
  }

  let chosen = "";
  async function choose(step) {
    const item = steps.find((one) => one.dataset.step === step);
    if (chosen) canvas.removeMarker(chosen, "at-chosen");
    chosen = viewer.get("elementRegistry").get(step) ? step : "";
    if (chosen) canvas.addMarker(chosen, "at-chosen");
    if (frame.dataset.panel) {
      const address = frame.dataset.panel.replace("STEP", step);
      await htmx.ajax("GET", address, { target: panel, swap: "innerHTML" });
    } else if (item) {
      panel.replaceChildren(...[...item.cells].map((cell) => {
        const line = document.createElement("p");
        line.className = "mb-1";
        line.textContent = `${cell.dataset.label}: ${cell.textContent.trim()}`;
        return line;
      }));
    }
    panel.hidden = panel.childElementCount === 0;
  }

  function home() {
    if (!frame.clientWidth || !frame.clientHeight) return; // hidden: `follow` comes back to it
    const here = steps.find((one) => one.dataset.state === "open")
      || steps.filter((one) => one.dataset.state === "done").pop() || steps[0];
    const element = here && viewer.get("elementRegistry").get(here.dataset.step);
    if (!element) return views.fit();
    const scale = frame.clientWidth < 600 ? 0.8 : 0.7;
    const width = frame.clientWidth / scale, height = frame.clientHeight / scale;
    canvas.viewbox({
      x: element.x + element.width / 2 - width / 2,
      y: element.y + element.height / 2 - height / 2,
      width,
      height,
    });
  }

  const views = {
    in: () => canvas.zoom(canvas.zoom() * 1.25),
    out: () => canvas.zoom(canvas.zoom() / 1.25),
    fit: () => canvas.zoom("fit-viewport", "auto"),
    here: home,
  };
  document.querySelectorAll("[data-zoom]").forEach((button) => {
    button.addEventListener("click", () => { if (canvas) views[button.dataset.zoom](); });
  });

  // bpmn-js moves with the mouse; so does a finger here.
  let touched = null;
  frame.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch" ? event : null;
  });
  frame.addEventListener("pointermove", (event) => {
    if (!canvas || !touched || event.pointerType !== "touch") return;
    canvas.scroll({ dx: event.clientX - touched.clientX, dy: event.clientY - touched.clientY });
    touched = event;
  });
  ["pointerup", "pointercancel"].forEach((name) => frame.addEventListener(name, () => { touched = null; }));

  // A telephone is turned, a window grows: the step stays in the middle.
  function follow() {
    let width = frame.clientWidth;
    new ResizeObserver(() => {
      if (frame.clientWidth === width) return;
      width = frame.clientWidth;
      canvas.resized();
      home();
    }).observe(frame);
  }

  const read = (source) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });

  async function draw() {
    const [answer] = await Promise.all([
      fetch(frame.dataset.diagram, { headers: { Accept: "application/xml" } }),
      read(frame.dataset.viewer),
    ]);
    if (!answer.ok) throw new Error(answer.statusText);
    viewer = new BpmnJS({ container: frame, zoomScroll: { enabled: false } });
    await viewer.importXML(await answer.text());
    canvas = viewer.get("canvas");
    steps.forEach(mark);
    home();
    viewer.on("element.click", ({ element }) => {
      const step = stepOf(element);
      if (steps.some((one) => one.dataset.step === step) || (frame.dataset.panel && elementsOf(step).length && !/^(pool|lane|flow|start|collaboration)$/.test(step))) choose(step);
    });
    follow();
    frame.dataset.drawn = "yes";
  }

  const near = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    near.disconnect();
    draw().catch(() => { if (card) card.hidden = true; });
  }, { rootMargin: "50% 0px" });
  if (card) card.hidden = false;
  near.observe(frame);
})();
