/* Cards: tabs, the interactive view on demand; quoting, also of estimates on other pages. Without this script chart and table are on the page anyway. */
(() => {
  "use strict";
  const root = document.documentElement.dataset.content_root || "./";
  let library;

  const colour = (role) => getComputedStyle(document.documentElement).getPropertyValue(`--jd-${role}`).trim();

  function make(name, attributes, text) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  }

  // Plotly is loaded once for all cards, and only when somebody asks to explore.
  function plotly() {
    library ??= new Promise((resolve, reject) => {
      const script = make("script", { src: `${root}assets/plotly-basic.min.js` });
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => { library = undefined; script.remove(); reject(new Error("plotly")); };
      document.head.append(script);
    });
    return library;
  }

  // A trace with the colours of the reader's scheme in place of those it was written with.
  function inPalette(trace, roles) {
    const made = structuredClone(trace), own = colour(roles[trace.marker.color]);
    made.marker.color = own;
    if (made.error_x) made.error_x.color = made.type === "bar" ? colour("ink") : own;
    if (made.error_y) made.error_y.color = colour("ink");
    return made;
  }

  function wrapped(text, width) {
    const lines = [""];
    for (const word of text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").split(" ")) {
      const line = lines.at(-1);
      if (line && line.length + word.length >= width) lines.push(word);
      else lines[lines.length - 1] = line ? `${line} ${word}` : word;
    }
    return lines.join("<br>");
  }

  // Plotly's template of every view: the reader's scheme, font and width. What a view sets for itself goes before it.
  function template(box, isNarrow) {
    const axis = { gridcolor: colour("grid"), zerolinecolor: colour("grid"), linecolor: colour("grid"), automargin: true };
    return { layout: {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(box).fontFamily, size: isNarrow ? 12 : 13, color: colour("ink") },
      margin: { l: 8, r: isNarrow ? 4 : 12, t: 12, b: 40 }, hovermode: "closest", dragmode: false,
      legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("muted"), activecolor: colour("ink") },
      hoverlabel: { bgcolor: colour("paper"), bordercolor: colour("ink"), font: { color: colour("ink"), size: 13 }, align: "left" },
      xaxis: isNarrow ? { ...axis, nticks: 4, tickangle: 0 } : axis, yaxis: axis,
    } };
  }

  function layout(figure, box) {
    const isNarrow = box.clientWidth < 560;
    const made = { ...figure.layout, autosize: true, template: template(box, isNarrow), yaxis: { ...figure.layout.yaxis } };
    const names = figure.layout.yaxis && figure.layout.yaxis.type === "category"
      ? figure.layout.yaxis.categoryarray ?? [...new Set(figure.data.flatMap((trace) => trace.y))] : [];
    if (names.length) {
      // long names wrap, so that they leave room for the picture, and rows are as far apart as two neighbours need
      const labels = names.map((name) => wrapped(String(name), isNarrow ? 20 : 36));
      const lines = labels.map((text) => text.split("<br>").length);
      const most = Math.max(...lines.map((own, row) => (own + (lines[row + 1] ?? own)) / 2));
      const ends = [-0.6, names.length - 0.4];
      Object.assign(made.yaxis, { tickvals: names, ticktext: labels, tickfont: { size: isNarrow ? 11 : 12 },
        range: figure.layout.yaxis.autorange === "reversed" ? ends.reverse() : ends, autorange: false });
      const keys = made.showlegend ? figure.data.length / (isNarrow ? 1 : 2) : 0;
      made.height = 90 + 20 * Math.ceil(keys) + Math.max(names.length < 8 ? 40 : 24, 8 + 15 * most) * names.length;
    } else {
      made.height = 400;
    }
    return made;
  }

  function draw(Plotly, panel) {
    const box = panel.querySelector(".jd-plot");
    const traces = panel.figure.data.map((trace) => inPalette(trace, panel.figure.roles));
    return Plotly.react(box, traces, layout(panel.figure, box), {
      responsive: true, displaylogo: false, displayModeBar: box.clientWidth < 560 ? false : "hover", showSendToCloud: false, scrollZoom: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d", "toImage"],
    });
  }

  // The marks of a view in the order of its traces, each with its row of the table.
  const marksOf = (figure) => figure.data.flatMap((trace, curve) =>
    trace.text.map((text, point) => ({ curve, point, text, row: trace.customdata[point] })));

  // A mark of a single event leads to the page of the event.
  function openEvent(figure, row) {
    if (figure.events) location.assign(`${root}events/${figure.events[row]}.html`);
  }

  // Where nothing can hover, the first tap on a mark shows what it says and the second opens the page.
  function followMarks(panel) {
    const box = panel.querySelector(".jd-plot");
    let shown;
    box.on("plotly_click", ({ points: [mark] }) => {
      if (shown === mark.customdata || matchMedia("(hover: hover)").matches) openEvent(panel.figure, mark.customdata);
      shown = mark.customdata;
    });
    if (!panel.figure.events) return;
    box.classList.add("jd-linked");
    box.setAttribute("aria-label", `${box.getAttribute("aria-label")}, Enter opens the page of the event`);
  }

  // Arrow keys move from mark to mark; what a mark says is also announced.
  function walkMarks(Plotly, panel) {
    const box = panel.querySelector(".jd-plot"), say = panel.querySelector(".jd-say");
    let at = -1;
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && at >= 0) {
        openEvent(panel.figure, marksOf(panel.figure)[at].row);
        return;
      }
      const marks = marksOf(panel.figure);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Home") at = 0;
      else if (event.key === "End") at = marks.length - 1;
      else if (step) at = (at + step + marks.length) % marks.length;
      else return;
      event.preventDefault();
      const mark = marks[at];
      Plotly.Fx.hover(box, [{ curveNumber: mark.curve, pointNumber: mark.point }]);
      const text = make("span", {}, mark.text.replaceAll("<br>", "; ").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&"));
      say.replaceChildren(text);
    });
  }

  async function explore(card, panel) {
    if (panel.figure) return;
    panel.setAttribute("aria-busy", "true");
    try {
      const [Plotly, answer] = await Promise.all([plotly(), fetch(`${root}figures/${card.id}.json`)]);
      if (!answer.ok) throw new Error(String(answer.status));
      panel.figure = await answer.json();
      await draw(Plotly, panel);
      panel.querySelector(".jd-wait").remove();
      walkMarks(Plotly, panel);
      followMarks(panel);
      new MutationObserver(() => draw(Plotly, panel))
        .observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    } catch {
      panel.figure = undefined;
      panel.querySelector(".jd-wait").textContent = "The interactive view could not be loaded. Chart and table are complete.";
    } finally {
      panel.removeAttribute("aria-busy");
    }
  }

  function tabs(card) {
    const chart = card.querySelector('[data-view="Chart"]'), details = card.querySelector('[data-view="Table"]');
    const panel = make("div", { class: "jd-view jd-explore", id: `${card.id}-explore`, "data-view": "Explore" });
    panel.append(make("p", { class: "jd-wait" }, "Loading the interactive view …"),
      make("div", { class: "jd-plot", tabindex: "0", role: "application", "aria-label": "Interactive chart: arrow keys move from mark to mark" }),
      make("p", { class: "jd-say", "aria-live": "polite" }));
    chart.after(panel);
    // the table leaves its disclosure and becomes a panel like the others
    const table = make("div", { class: "jd-view jd-data", id: details.id, "data-view": "Table" });
    table.append(...[...details.children].filter((child) => child.tagName !== "SUMMARY"));
    details.replaceWith(table);
    panel.after(table);
    const list = make("div", { class: "jd-tabs", role: "tablist", "aria-label": "Views of this figure" });
    const views = [chart, panel, table];
    const buttons = views.map((view) => {
      const button = make("button", { type: "button", role: "tab", id: `${view.id}-tab`, "aria-controls": view.id }, view.dataset.view);
      view.setAttribute("role", "tabpanel");
      view.setAttribute("aria-labelledby", button.id);
      list.append(button);
      return button;
    });
    const select = (chosen) => buttons.forEach((button, number) => {
      const isChosen = number === chosen;
      button.setAttribute("aria-selected", String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      views[number].hidden = !isChosen;
      if (isChosen && views[number] === panel) explore(card, panel);
    });
    buttons.forEach((button, number) => button.addEventListener("click", () => select(number)));
    list.addEventListener("keydown", (event) => {
      const here = buttons.indexOf(document.activeElement);
      const next = { ArrowRight: (here + 1) % 3, ArrowLeft: (here + 2) % 3, Home: 0, End: 2 }[event.key];
      if (next === undefined || here < 0) return;
      event.preventDefault();
      select(next);
      buttons[next].focus();
    });
    select(0);
    card.querySelector(".jd-head").after(list);
  }

  // Sorting by a click on a column's head; numbers by value, the rest by letters.
  function sortable(card) {
    const table = card.querySelector(".jd-table"), body = table.tBodies[0];
    const value = (row, column) => {
      const text = row.cells[column].textContent.trim(), number = Number(text.replaceAll(",", "").replace(/^[≥≤]\s*/, ""));
      return text !== "" && Number.isFinite(number) ? number : text;
    };
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button", class: "jd-sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isUp = head.getAttribute("aria-sort") !== "ascending", sign = isUp ? 1 : -1;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        const rows = [...body.rows].sort((one, two) => {
          const a = value(one, column), b = value(two, column);
          if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
          return sign * (typeof a === "number" ? a - b : a.localeCompare(b));
        });
        body.append(...rows);
      });
    });
  }

  // The sentence beside an estimate or a figure, with the address of what has the nearest id.
  function quotable(place) {
    const button = make("button", { type: "button" }, "Quote"), said = make("span", { "aria-live": "polite" });
    button.addEventListener("click", async () => {
      const link = `${location.origin}${location.pathname}#${place.closest("[id]").id}`;
      try {
        await navigator.clipboard.writeText(`${place.dataset.quote} ${link}`);
        said.textContent = " Copied.";
      } catch {
        const field = make("textarea", { readonly: "", rows: "4", "aria-label": "Sentence to quote" });
        field.value = `${place.dataset.quote} ${link}`;
        place.replaceChildren(field);
        field.select();
      }
    });
    place.replaceChildren(button, said);
  }

  for (const card of document.querySelectorAll(".jd-card")) { sortable(card); tabs(card); }
  for (const place of document.querySelectorAll(".jd-quote")) quotable(place);
})();
