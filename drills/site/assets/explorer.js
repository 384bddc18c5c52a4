/* The explorer: filters, order, columns, a shareable address and a download. Without this script the whole table is on
   the page. The form is the state; the address holds what differs from its defaults, in the words of definitions.js,
   which decides what the switches of a definition leave. Here a switch that is not set leaves everything. */
(() => {
  "use strict";
  const root = document.querySelector(".jd-explorer");
  if (!root) return;
  const { dateInWords, firstDay, grouped, isDate, query: asQuery, select } = window.drillsDefinitions;
  const STEP = 200, SIGHT = 40, PAUSE = 80, NEWEST = "-dates";
  const LISTS = ["kinds", "domains", "frameworks", "statuses", "tiers", "series", "areas"], FLAGS = ["military-only", "merged"];
  const FILTERS = ["q", "from", "to", ...LISTS, ...FLAGS, "min-publishers", "size", "country"];
  // what five filters were called in addresses that may still be about
  const FORMER = { kinds: "kind", domains: "domain", frameworks: "framework", statuses: "status", tiers: "tier" };
  const SEARCHED = ["name", "place", "series"];
  const one = (selector) => root.querySelector(selector);
  const form = one("form"), [body, ...bodies] = one("table").tBodies, rest = one(".jd-rest");
  const heads = [...root.querySelectorAll("thead th")], boxes = [...form.querySelectorAll("[name=column]")];
  const position = new Map(heads.map((head, number) => [head.dataset.column, number]));

  const { folded } = window.jdLetters;
  const tidy = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // A cell as one text: its parts joined by semicolons.
  function textOf(cell) {
    const parts = cell.querySelectorAll(".jd-part");
    return parts.length ? [...parts].map(tidy).join("; ") : tidy(cell);
  }

  // What the search of a row reads, folded when somebody searches.
  const searched = (row) => SEARCHED.map((column) => row.cells[position.get(column)].textContent);
  const textsOf = () => new Map(entries.map(({ row, event_id, also }) => [row, folded([event_id, also, ...searched(row)].join("\n"))]));

  // Every row leaves the page with all that is asked of it prepared; what matches is put back.
  const entries = [...root.querySelectorAll("tbody tr")].map((row, order) => {
    const { id, countries, houses, police, partOf, ...facts } = row.dataset;
    return { row, order, event_id: id, ...facts, countries: countries.split(" "), houses: Number(houses), part_of: partOf,
      is_police: police !== undefined, first_day: firstDay(row.cells[position.get("dates")].dataset.sort) };
  });
  for (const other of bodies) other.remove();
  let sort = NEWEST, sorted = entries, matching = entries, limit = STEP, texts, timer, placing;

  const valueOf = (name) => form.elements[name].value;

  function definition() {
    return { from: valueOf("from"), to: valueOf("to"), "min-publishers": Number(valueOf("min-publishers") || 1),
      ...Object.fromEntries(FLAGS.map((name) => [name, valueOf(name) === "yes"])),
      ...Object.fromEntries(LISTS.map((name) => [name, valueOf(name) ? valueOf(name).split(",") : null])) };
  }

  // Whether an event fits what no definition asks.
  function test() {
    // what stands in quotation marks is one word
    const words = (folded(valueOf("q")).match(/"[^"]+"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
    if (words.length) texts ??= textsOf();
    const country = valueOf("country");
    const size = valueOf("size");
    return (entry) => (!size || entry.size === size) && (!country || entry.countries.includes(country)) && words.every((word) => texts.get(entry.row).includes(word));
  }

  // Digits in a text count as numbers. Blank values come last in both directions; equal ones stay newest first.
  function byColumn(at, sign) {
    const { compare } = new Intl.Collator("en", { numeric: true });
    const keyed = entries.map((entry) => {
      const cell = entry.row.cells[at], text = cell.dataset.sort ?? tidy(cell.querySelector(".jd-part") ?? cell);
      return { entry, text, isBlank: text === "" };
    });
    keyed.sort((a, b) => a.isBlank - b.isBlank || sign * compare(a.text, b.text) || a.entry.order - b.entry.order);
    return keyed.map(({ entry }) => entry);
  }

  // The page comes newest first.
  function order(wanted) {
    const column = wanted.replace(/^-/, ""), sign = wanted.startsWith("-") ? -1 : 1, at = position.get(column);
    sort = wanted;
    sorted = wanted === NEWEST ? entries : byColumn(at, sign);
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[at].setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
  }

  // Put the first rows in their places. Rows that stay are not touched: laying them out again is what takes time.
  function place(shown, first = shown.length) {
    const kept = new Set(shown);
    for (const row of [...body.rows]) if (!kept.has(row)) row.remove();
    let next = body.firstElementChild;
    for (const row of shown.slice(0, first)) {
      if (row === next) next = row.nextElementSibling;
      else body.insertBefore(row, next);
    }
  }

  function show() {
    const shown = matching.slice(0, limit).map(({ row }) => row);
    const columns = boxes.map((box) => [position.get(box.value), !box.checked]);
    for (const cells of [heads, ...shown.map((row) => row.cells)]) {
      for (const [number, isHidden] of columns) if (cells[number].hidden !== isHidden) cells[number].hidden = isHidden;
    }
    // what a window holds comes at once, the other rows right after it
    place(shown, SIGHT);
    body.setAttribute("aria-busy", "true");
    clearTimeout(placing);
    placing = setTimeout(() => { place(shown); body.removeAttribute("aria-busy"); });
    const left = matching.length - shown.length;
    rest.hidden = left === 0;
    rest.firstElementChild.textContent = `Show ${grouped(Math.min(left, STEP))} more`;
  }

  function apply() {
    clearTimeout(timer);
    matching = select(sorted, definition()).filter(test());
    limit = STEP;
    show();
    const found = grouped(matching.length), isOne = matching.length === 1;
    const set = FILTERS.filter((name) => name !== "q" && valueOf(name)).length;
    one(".jd-found").textContent = `${found} of ${grouped(entries.length)} events`
      + (matching.length ? "" : ": none fits all filters");
    one(".jd-set").textContent = set ? ` (${set} set)` : "";
    one(".jd-save").textContent = isOne ? "Download this row (CSV)" : `Download these ${found} rows (CSV)`;
    one(".jd-save").disabled = matching.length === 0;
  }

  function write() {
    const pairs = FILTERS.map((name) => [name, valueOf(name).trim()]).filter(([, value]) => value);
    if (sort !== NEWEST) pairs.push(["sort", sort]);
    const hidden = boxes.filter((box) => !box.checked).map((box) => box.value);
    if (hidden.length) pairs.push(["hide", hidden.join(" ")]);
    const text = asQuery(pairs);
    if (text === location.search) return;
    history.replaceState(history.state, "", location.pathname + text + location.hash);
    one(".jd-said").textContent = "";
  }

  // The words for a value that a list of options lacks and an address may have: several options, a day or month, a number.
  function extra(field, value) {
    const options = [...field.options].filter((option) => option.value), chosen = value.split(",");
    if (LISTS.includes(field.name)) {
      const words = chosen.map((item) => options.find((option) => option.value === item)?.textContent);
      return words.includes(undefined) ? "" : words.join(", ");
    }
    if (field.name === "min-publishers" && /^[1-9]\d{0,3}$/.test(value)) return `${value} houses`;
    return ["from", "to"].includes(field.name) && isDate(value) ? dateInWords(value) : "";
  }

  function fill(field, value) {
    field.value = value;
    if (field.selectedIndex !== -1) return;
    const words = extra(field, value);
    if (words) field.append(new Option(words, value));
    field.value = words ? value : "";
  }

  // What the address says, as far as it makes sense; the rest of it is ignored.
  function read() {
    const query = new URLSearchParams(location.search), hidden = (query.get("hide") ?? "").split(" ");
    for (const name of FILTERS) {
      fill(form.elements[name], (query.get(name) ?? query.get(FORMER[name]) ?? "").slice(0, 200));
    }
    for (const box of boxes) box.checked = !hidden.includes(box.value);
    const wanted = query.get("sort") ?? "";
    order(position.has(wanted.replace(/^-/, "")) ? wanted : NEWEST);
    apply();
  }

  function update() {
    apply();
    write();
  }

  // RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front; a plain number, such as
  // -5 or +1.5, and a lone dash stay as they are, as in the check of the record.
  function field(text) {
    const isFormula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !/^[-+][0-9][0-9.,]*$|^-[-–—]*$/.test(text);
    const safe = isFormula ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  function csv() {
    const chosen = heads.map((_head, number) => number).filter((number) => !heads[number].hidden);
    const lines = [["event_id", ...chosen.map((number) => tidy(heads[number]))],
      ...matching.map(({ event_id: id, row }) => [id, ...chosen.map((number) => textOf(row.cells[number]))])];
    return lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
  }

  // The mark in front lets a spreadsheet know that the letters are UTF-8.
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "joint-drills-events.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function copy() {
    write();
    try {
      await navigator.clipboard.writeText(location.href);
      one(".jd-said").textContent = "Link copied.";
    } catch {
      one(".jd-said").textContent = `The link: ${location.href}`;
    }
  }

  function clear() {
    for (const name of FILTERS) form.elements[name].value = "";
    update();
  }

  function more() {
    const next = matching[limit];
    limit += STEP;
    show();
    body.append(next.row);
    next.row.querySelector("a").focus();
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "jd-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      order((head.getAttribute("aria-sort") === "ascending" ? "-" : "") + head.dataset.column);
      update();
    });
  }
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.target.name === "q") timer = setTimeout(update, PAUSE);
    else update();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); update(); });
  one(".jd-clear").addEventListener("click", clear);
  one(".jd-link").addEventListener("click", copy);
  one(".jd-save").addEventListener("click", save);
  rest.firstElementChild.addEventListener("click", more);
  window.addEventListener("popstate", read);

  // On a phone the filters wait behind their heading, elsewhere they are open.
  const phone = window.matchMedia("(max-width: 40rem)"), filters = one(".jd-more");
  const fit = () => { filters.open = !phone.matches; };
  phone.addEventListener("change", fit);
  fit();
  read();
  form.hidden = false;
})();
