/* Cards: tabs, the interactive view on demand; quoting, also of estimates on other pages. Without this script chart and table are on the page anyway. */
(() => {
  "use strict";
  const root = document.documentElement.dataset.content_root || "./";
  // Pixels: the widest box of the narrow picture and the most that pictures are enlarged to, as for charts in card.css; room for buttons.
  const NARROW_BOX = 560, NARROW_MOST = 400, WIDE_MOST = 720, BUTTONS = 34;
  // Rows that the text of a mark names.
  const MOST_ROWS = 4;
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

  // A view with the colours of the reader's scheme in place of those it was written with; `roles` names each.
  function inPalette(part, roles) {
    if (Array.isArray(part)) return part.map((one) => inPalette(one, roles));
    if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inPalette(value, roles)]));
    if (typeof part !== "string" || !roles[part]) return part;
    const hex = colour(roles[part]), opacity = /,([\d.]+)\)$/.exec(part);
    return opacity ? `rgba(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))},${opacity[1]})` : hex;
  }

  // All that is measured in pixels in a view, made larger or smaller, as an SVG is by its box.
  function scaled(view, factor) {
    const grow = (part, ...keys) => { for (const key of keys) if (part?.[key]) part[key] *= factor; };
    for (const trace of view.data) {
      grow(trace.marker, "size");
      grow(trace.marker?.line, "width");
      grow(trace.marker?.pattern, "size");
      grow(trace.line, "width");
    }
    grow(view.layout, "width", "height");
    for (const words of view.layout.annotations ?? []) { grow(words, "xshift", "yshift"); grow(words.font, "size"); }
    for (const shape of view.layout.shapes ?? []) {
      grow(shape.line, "width");
      if (shape.path) shape.path = shape.path.replace(/-?[\d.]+/g, (number) => number * factor);
    }
    return view;
  }

  function wrapped(text, width) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const line = lines.at(-1);
      if (line && line.length + word.length >= width) lines.push(word);
      else lines[lines.length - 1] = line ? `${line} ${word}` : word;
    }
    return lines.join("<br>");
  }

  // What the table says of the rows that a mark stands for, as lines: all of a single row, of several the first ones in short.
  function linesOf(figure, rows) {
    if (rows.length === 1) return figure.rows[rows[0]].map((cell, column) => `${figure.heads[column]}: ${cell}`);
    const lines = rows.slice(0, MOST_ROWS).map((row) => figure.rows[row].join(", "));
    return rows.length > MOST_ROWS ? [...lines, `and ${rows.length - MOST_ROWS} more`] : lines;
  }

  // Plotly's template of every view: the reader's scheme and font. What a view sets for itself goes before it.
  function template(box) {
    return { layout: {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(box).fontFamily, color: colour("ink") },
      modebar: { bgcolor: colour("paper"), color: colour("muted"), activecolor: colour("ink") },
      hoverlabel: { bgcolor: colour("paper"), bordercolor: colour("ink"), font: { color: colour("ink"), size: 13 }, align: "left" },
    } };
  }

  // The picture of a view that fits its box, as the chart beside it does.
  function fitted(figure, box) {
    const isNarrow = box.clientWidth <= NARROW_BOX, own = figure[isNarrow ? "narrow" : "wide"];
    const view = scaled(inPalette({ data: own.data, layout: own.layout }, figure.roles),
      Math.min(box.clientWidth, isNarrow ? NARROW_MOST : WIDE_MOST) / own.layout.width);
    for (const trace of view.data) {
      if (trace.customdata) trace.text = trace.customdata.map((rows) => linesOf(figure, rows).map((line) => wrapped(line, isNarrow ? 36 : 64)).join("<br>"));
    }
    view.layout.template = template(box);
    // dragging would keep a finger from scrolling the page; buttons stand above the picture
    view.canZoom = Boolean(view.layout.dragmode);
    if (view.canZoom) {
      if (!matchMedia("(hover: hover)").matches) view.layout.dragmode = false;
      view.layout.margin.t = BUTTONS;
      view.layout.height += BUTTONS;
    }
    return view;
  }

  function draw(Plotly, panel) {
    const box = panel.querySelector(".jd-plot"), view = fitted(panel.figure, box);
    panel.isNarrow = box.clientWidth <= NARROW_BOX;
    return Plotly.react(box, view.data, view.layout, {
      displaylogo: false, displayModeBar: view.canZoom, showSendToCloud: false, scrollZoom: false, doubleClick: "reset",
      modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
    });
  }

  // The view is drawn anew in another scheme or where its box has become wider or narrower.
  function keepFitted(Plotly, panel) {
    const box = panel.querySelector(".jd-plot");
    let width = box.clientWidth;
    new MutationObserver(() => draw(Plotly, panel))
      .observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(Plotly, panel));
    new ResizeObserver(() => {
      if (!box.clientWidth || box.clientWidth === width) return;
      width = box.clientWidth;
      draw(Plotly, panel);
    }).observe(box);
  }

  // The marks of a view that stand for rows of the table, in the order of the table.
  const marksOf = (panel) => panel.figure[panel.isNarrow ? "narrow" : "wide"].data
    .flatMap((trace, curve) => (trace.customdata ?? []).map((rows, point) => ({ curve, point, rows })))
    .sort((one, other) => one.rows[0] - other.rows[0] || one.curve - other.curve);

  // A mark of a single row leads to the page of its event, or to the switchboard set to its definition.
  function openPage(figure, rows) {
    const page = rows.length === 1 && figure.pages?.[rows[0]];
    if (page) open(root + page, document.querySelector("base")?.target || "_self");
  }

  // Where nothing can hover, the first tap on a mark shows what it says and the second opens the page.
  function followMarks(panel) {
    const box = panel.querySelector(".jd-plot");
    let shown;
    box.on("plotly_click", ({ points: [mark] }) => {
      if (shown === String(mark.customdata) || matchMedia("(hover: hover)").matches) openPage(panel.figure, mark.customdata);
      shown = String(mark.customdata);
    });
    if (!panel.figure.pages) return;
    box.classList.add("jd-linked");
    box.setAttribute("aria-label", `${box.getAttribute("aria-label")}, Enter opens the page of the mark`);
  }

  // Arrow keys move from mark to mark; what a mark says is also announced.
  function walkMarks(Plotly, panel) {
    const box = panel.querySelector(".jd-plot"), say = panel.querySelector(".jd-say");
    let at = -1;
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && at >= 0) {
        openPage(panel.figure, marksOf(panel)[at].rows);
        return;
      }
      const marks = marksOf(panel);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Home") at = 0;
      else if (event.key === "End") at = marks.length - 1;
      else if (step) at = (at + step + marks.length) % marks.length;
      else return;
      event.preventDefault();
      const mark = marks[at];
      const { xaxis, yaxis } = panel.figure[panel.isNarrow ? "narrow" : "wide"].data[mark.curve];
      Plotly.Fx.hover(box, [{ curveNumber: mark.curve, pointNumber: mark.point }], `${xaxis}${yaxis}`);
      const text = make("span", {}, plain(linesOf(panel.figure, mark.rows).join("; ")));
      say.replaceChildren(text);
    });
  }

  // What the site has of a figure: its views, and its table in words. Fetched once.
  const figures = new Map();
  async function figureOf(card) {
    if (!figures.has(card.id)) {
      const answer = await fetch(`${card.dataset.files}.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      figures.set(card.id, await answer.json());
    }
    return figures.get(card.id);
  }

  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

  // The rows of a long table that do not stand on the page, put in their place.
  async function complete(card) {
    const said = card.querySelector(".jd-cut"), body = card.querySelector(".jd-table").tBodies[0];
    if (!said || said.dataset.asked) return;
    said.dataset.asked = "yes";
    try {
      const { rows, pages = [] } = await figureOf(card), ends = Number(said.dataset.ends);
      const cells = [...body.rows[0].cells].map((cell) => cell.cloneNode()), after = body.rows[ends];
      rows.slice(ends, -ends).forEach((texts, at) => {
        const row = make("tr", {});
        row.append(...texts.map((text, column) => {
          const cell = cells[column].cloneNode(), page = column === 0 && pages[at + ends];
          cell.append(page ? make("a", { href: root + page }, plain(text)) : plain(text));
          return cell;
        }));
        body.insertBefore(row, after);
      });
      said.remove();
    } catch {
      delete said.dataset.asked;
    }
  }

  async function explore(card, panel) {
    if (panel.figure) return;
    panel.setAttribute("aria-busy", "true");
    try {
      const [Plotly, figure] = await Promise.all([plotly(), figureOf(card)]);
      panel.figure = figure;
      await draw(Plotly, panel);
      panel.querySelector(".jd-wait").remove();
      walkMarks(Plotly, panel);
      followMarks(panel);
      keepFitted(Plotly, panel);
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
      if (isChosen && views[number] === table) { sortable(card); complete(card); }
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
    // a link to a row of the table opens it, as browsers open the disclosure that it has been
    const follow = () => {
      const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !table.contains(row)) return;
      select(2);
      row.scrollIntoView();
    };
    addEventListener("hashchange", follow);
    follow();
  }

  // Sorting by a click on a column's head, as order.js has it. Made when the table is first opened.
  function sortable(card) {
    const table = card.querySelector(".jd-table"), body = table.tBodies[0];
    if (table.querySelector(".jd-sort")) return;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button", class: "jd-sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isUp = head.getAttribute("aria-sort") !== "ascending", rows = [...body.rows];
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        const texts = rows.map((row) => row.cells[column].textContent.trim());
        body.append(...window.jdOrder.places(texts, isUp).map((place) => rows[place]));
      });
    });
  }

  const said = (words) => make("span", { "aria-live": "polite" }, words);
  const button = (words) => make("button", { type: "button" }, words);

  // A text into the clipboard; where that is refused, into a field in `place`, to be copied from there.
  async function copy(text, place, status, label) {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = " Copied.";
    } catch {
      const field = make("textarea", { readonly: "", rows: "4", "aria-label": label });
      field.value = text;
      place.querySelector("textarea")?.remove();
      place.append(field);
      field.select();
    }
  }

  // A quotation in each form that is offered: `sentence` with the address of its source.
  const QUOTATIONS = {
    "Plain text": ({ sentence, link, kept }) => `${sentence} ${link}${kept ? `, kept at ${kept}` : ""}`,
    Markdown: ({ sentence, link, kept }) => `> ${sentence.replace(/[\\`*_[\]<>]/g, "\\$&")}\n>\n> <${link}>${kept ? `, kept at <${kept}>` : ""}\n`,
    BibTeX({ sentence, link, id, kept }) {
      const { authors, release, as_of: day } = document.documentElement.dataset, year = day.slice(-4);
      const safe = (text) => text.replace(/\\/g, "\\textbackslash ").replace(/[&%$#_{}]/g, "\\$&").replace(/~/g, "\\textasciitilde ").replace(/\^/g, "\\textasciicircum ");
      const fields = { author: authors, title: `{${safe(sentence.split(/\. (?=[A-Z])/)[0])}}`, year, howpublished: "Joint Drills, data set", version: release,
        url: link, note: `Release ${release}, record as of ${day}${kept ? `, kept at \\url{${kept}}` : ""}` };
      return `@misc{joint-drills-${id.toLowerCase().replace(/[^a-z0-9-]+/g, "-")}-${year},\n${Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}\n`;
    },
  };

  // The sentence beside an estimate, a figure or a count, with its own address or that of what has the nearest id.
  function quotable(place) {
    const quote = button("Quote"), status = said("");
    const write = (form) => {
      const { id } = place.closest("[id]");
      const link = place.dataset.link ?? new URL(document.documentElement.dataset.page ?? `#${id}`, location.origin + location.pathname).href;
      return copy(QUOTATIONS[form]({ sentence: place.dataset.quote, link, id, kept: place.dataset.kept }), place, status, "Text to quote");
    };
    const choices = () => {
      const forms = make("span", { class: "jd-forms", role: "group", "aria-label": "Quote as" });
      for (const form of Object.keys(QUOTATIONS)) {
        const choice = button(form);
        choice.addEventListener("click", () => write(form));
        forms.append(choice);
      }
      return forms;
    };
    // the plain text at once, and the choice of another form beside it
    quote.addEventListener("click", () => {
      if (quote.nextSibling === status) quote.after(choices());
      write("Plain text");
    });
    place.replaceChildren(quote, status);
  }

  // The picture of a card into the clipboard, where the browser can.
  function copyable(card) {
    const link = card.querySelector('.jd-files a[href$=".png"]');
    if (!link || !window.ClipboardItem || !navigator.clipboard?.write) return;
    const press = button("Copy picture"), status = said(""), place = make("span", { class: "jd-copy" });
    press.addEventListener("click", async () => {
      try {
        // a promise, since some browsers forget the click while they wait for the file
        const picture = fetch(link.href).then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status)))));
        await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        status.textContent = " Copied.";
      } catch {
        status.textContent = " This browser did not copy it: download the PNG.";
      }
    });
    place.append(press, status);
    link.after(place);
  }

  // The code that embeds a card, with a button to copy it.
  function embeddable(place) {
    const press = button("Copy code"), status = said(""), field = place.querySelector("textarea");
    press.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = " Copied.";
      } catch {
        status.textContent = " It is marked: copy it with the keyboard.";
      }
    });
    place.append(press, status);
  }

  for (const place of document.querySelectorAll(".jd-embed")) place.addEventListener("toggle", () => embeddable(place), { once: true });
  for (const card of document.querySelectorAll(".jd-card")) { tabs(card); copyable(card); }
  for (const place of document.querySelectorAll(".jd-quote")) quotable(place);

  // The charts that were left out when the page opened, one after another whenever the browser has time.
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  const charts = [...document.querySelectorAll(".jd-chart")];
  const lay = () => {
    charts.shift()?.classList.add("jd-laid");
    if (charts.length) later(lay);
  };
  addEventListener("load", () => later(lay));
})();
