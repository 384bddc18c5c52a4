/* The switchboard: moves of a switch change total, chart, sentence and address together, within one frame. The form is
   the state; what counts is decided in definitions.js. Without this script the default and all presets are on the page,
   which is drawn as this script would draw it: nothing is counted before a reader turns to it, unless the address asks. */
(() => {
  "use strict";
  const root = document.querySelector(".jd-switchboard");
  if (!root) return;
  const { count, dateInWords, describe, fromWords, grouped, listed, prepared, query, toWords, write, yearOf } = window.drillsDefinitions;
  const one = (selector) => root.querySelector(selector), form = one("form");
  const bars = [...root.querySelectorAll("rect")];
  // Names of events that a change prints before the rest is folded.
  const NAMED = 5;
  let rules, events, usual, everything, years, definition, before, moved = "", isWaiting = false;

  // Make what every move needs, once. What comes with it may have moved a switch already.
  function prepare({ type, target } = {}) {
    if (rules) return;
    const { checked, value } = target ?? {};
    ({ rules, events } = prepared(JSON.parse(one("script").textContent)));
    usual = fromWords([], rules);
    everything = { ...usual, ...Object.fromEntries(Object.entries(rules.switches)
      .filter(([name, { form: kind }]) => kind === "list" && usual[name]).map(([name, { choices }]) => [name, choices])) };
    years = count(events, usual, rules).years;
    read();
    if (type === "input") Object.assign(target, target.type === "checkbox" ? { checked } : { value });
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // what the form says, and the other way round

  function fromForm() {
    const chosen = { ...definition };
    for (const [name, { form: kind, choices }] of Object.entries(rules.switches)) {
      const fields = [...form.querySelectorAll(`[name="${name}"]`)];
      if (!fields.length) continue;
      if (kind === "list") chosen[name] = choices.filter((choice) => fields.some((box) => box.value === choice && box.checked));
      else if (kind === "flag") chosen[name] = fields[0].checked;
      else chosen[name] = kind === "number" ? Number(fields[0].value) : fields[0].value || null;
    }
    return chosen;
  }

  function intoForm() {
    for (const field of form.elements) {
      const value = definition[field.name];
      if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value;
      else if (field.name in definition) offer(field, write(value));
    }
  }

  // Choose a value of a list of options; one that is not offered is added.
  function offer(field, value) {
    if (![...field.options].some((option) => option.value === value)) {
      field.append(make("option", { value }, field.name === "min-publishers" ? `${value} houses` : dateInWords(value)));
    }
    field.value = value;
  }

  // what is said

  function sentence({ total, rows, reason }) {
    if (!total) return `Counted this way, the total is 0: ${reason}.`;
    const latest = Math.max(Number(rules.as_of.replaceAll("-", "")), ...rows.map((event) => event.first_day));
    const until = String(latest).replace(/^(....)(..)(..)$/, "$1-$2-$3");
    const span = `from ${dateInWords(definition.from ?? String(rules.first))} to ${dateInWords(definition.to ?? until)}`;
    const many = `${grouped(total)} joint ${total === 1 ? "activity" : "activities"}`;
    return write(definition.statuses) === "held" ? `Counted this way, ${many} ${total === 1 ? "was" : "were"} held ${span}.`
      : `Counted this way, the record has ${many}, ${listed(definition.statuses, "or")}, ${span}.`;
  }

  const linkTo = (event) => make("a", { href: `events/${encodeURIComponent(event.event_id)}.html` },
    event.name.includes(yearOf(event)) ? event.name : `${event.name}, ${yearOf(event)}`);

  // Events that a move has added or taken away: the first by name, the rest folded.
  function named(verb, changed) {
    const line = make("span", {}, `${verb} ${grouped(changed.length)}: `);
    changed.slice(0, NAMED).forEach((event, at) => line.append(at ? "; " : "", linkTo(event)));
    if (changed.length <= NAMED) return [line, ". "];
    const rest = make("ul", {}, ...changed.slice(NAMED).map((event) => make("li", {}, linkTo(event))));
    return [line, make("details", {}, make("summary", {}, `and ${grouped(changed.length - NAMED)} more`), rest)];
  }

  function sayChange(rows) {
    const line = one(".jd-change"), was = new Set(before), is = new Set(rows);
    const added = rows.filter((event) => !was.has(event)), gone = (before ?? []).filter((event) => !is.has(event));
    const parts = [...(added.length ? named("added", added) : []), ...(gone.length ? named("removed", gone) : [])];
    line.replaceChildren(...(moved ? [make("b", {}, moved), " ", ...(parts.length ? parts : ["changes nothing."])] : []));
  }

  // the picture

  function stepsTo(most) {
    const step = rules.steps.find((size) => most <= size * rules.most_steps) ?? rules.steps.at(-1);
    return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_none, at) => at * step);
  }

  function draw(counted) {
    const totals = [...years.keys()].map((year) => counted.get(year) ?? 0);
    const marks = stepsTo(Math.max(...totals, ...years.values())), top = marks.at(-1), svg = one("svg");
    svg.setAttribute("viewBox", `0 0 ${totals.length} ${top}`);
    svg.firstElementChild.setAttribute("transform", `matrix(1 0 0 -1 0 ${top})`);
    bars.forEach((bar, at) => {
      bar.setAttribute("height", totals[at]);
      bar.firstElementChild.textContent = `${rules.first + at}: ${totals[at]}`;
    });
    one(".jd-scale").replaceChildren(...marks.map((mark) => make("span", { style: `bottom:${Number((100 * mark / top).toFixed(2))}%` }, grouped(mark))));
    [...one(".jd-by-year tbody").rows].forEach((row, at) => { row.cells[1].textContent = grouped(totals[at]); });
  }

  // address and what leads elsewhere

  function presetOf() {
    const text = query(toWords(definition, usual));
    return Object.keys(rules.presets).find((name) => query(toWords(fromWords([["preset", name]], rules), usual)) === text) ?? "";
  }

  function lead(said) {
    const search = query(toWords(definition, usual)), quote = one(".jd-quote");
    one(".jd-rows").hidden = !before.length;
    one(".jd-rows").href = `explore.html${query(toWords(definition, everything))}`;
    quote.dataset.link = `${location.origin}${location.pathname}${search}#switchboard`;
    quote.dataset.quote = `${said} Counted: ${describe(definition, rules)}. Record as of ${dateInWords(rules.as_of)}. Joint Drills, release ${rules.release}.`;
    return search;
  }

  function sayOnly() {
    // switches without a control here, which an address may hold
    const place = one(".jd-only"), set = Object.keys(rules.names).filter((name) => definition[name]);
    place.hidden = !set.length;
    place.replaceChildren(...set.map((name) => {
      const words = definition[name].map((value) => rules.names[name][value]), button = make("button", { type: "button" }, "Remove");
      button.addEventListener("click", () => { definition[name] = null; move("Limit removed:"); });
      return make("p", {}, `Only ${listed(words, "or") || "none"}. `, button);
    }));
  }

  function show() {
    isWaiting = false;
    const counted = count(events, definition, rules), said = sentence(counted), preset = presetOf();
    one("output").textContent = grouped(counted.total);
    one(".jd-total span").textContent = `joint ${counted.total === 1 ? "activity" : "activities"}`;
    one(".jd-sentence").textContent = said;
    one(".jd-definition").textContent = describe(definition, rules);
    sayChange(counted.rows);
    draw(counted.years);
    sayOnly();
    form.elements.preset.value = preset;
    one("#jd-preset-hint").textContent = preset ? one(`tr[data-preset="${preset}"] td`).textContent : "";
    before = counted.rows;
    const search = lead(said);
    if (search !== location.search && moved) history.replaceState(history.state, "", location.pathname + search + location.hash);
  }

  // Whatever has been moved is shown with the next frame, all at once.
  function move(words) {
    moved = words;
    one(".jd-refused").hidden = true;
    intoForm();
    if (!isWaiting) requestAnimationFrame(show);
    isWaiting = true;
  }

  function wordsOf(field) {
    const legend = field.closest(".jd-switch").querySelector("legend, label").textContent;
    if (field.type !== "checkbox") return `${legend} ${field.selectedOptions[0].textContent.toLowerCase()}:`;
    return `${field.parentElement.textContent.trim()} ${field.checked ? "switched on:" : "switched off:"}`;
  }

  function read() {
    const refused = one(".jd-refused");
    refused.hidden = true;
    try {
      definition = fromWords(new URLSearchParams(location.search), rules);
    } catch (error) {
      definition = { ...usual };
      refused.textContent = `The address asks for what does not exist: ${error.message}. Shown is the default definition.`;
      refused.hidden = false;
    }
    moved = "";
    intoForm();
    show();
  }

  form.addEventListener("input", ({ target }) => {
    if (target.name === "preset") {
      if (!target.value) return;
      definition = fromWords([["preset", target.value]], rules);
      move(`${target.selectedOptions[0].textContent}:`);
    } else {
      definition = fromForm();
      move(wordsOf(target));
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  one(".jd-reset").addEventListener("click", () => { definition = { ...usual }; move("Back to the default:"); });
  window.addEventListener("popstate", () => rules ? read() : prepare());
  if (location.search) prepare();
  else for (const kind of ["pointerover", "pointerdown", "focusin", "keydown", "click", "input"]) root.addEventListener(kind, prepare, { capture: true });
})();
