/* What counts under a definition: the switches, the text form and the rules of drills/counting/definitions.py, for the
   switchboard and the explorer. Pure: it touches neither page nor address. A definition is an object that holds a value
   for the name of each switch: a list (null for no bound), true or false, a number, or a date (null for none). */
window.drillsDefinitions = (() => {
  "use strict";
  // the column of an event that each list chooses from
  const COLUMNS = { tiers: "tier", statuses: "status", kinds: "kind", frameworks: "framework", series: "series", domains: "domain", areas: "area" };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  // The data of a page (drills/site/pages/switchboard.py): switches and presets by name, events with words for codes.
  function prepared(data) {
    const rules = { ...data, switches: Object.fromEntries(data.switches.map((one) => [one.name, one])), presets: Object.fromEntries(data.presets) };
    const events = data.events.event_id.map((_id, at) => {
      const event = Object.fromEntries(Object.entries(data.events).map(([column, values]) => [column, values[at]]));
      for (const [name, column] of Object.entries(COLUMNS)) event[column] = rules.switches[name].choices[event[column]];
      return { ...event, part_of: data.events.event_id[event.parent] };
    });
    return { rules, events };
  }

  const listed = (words, last) => words.length > 1 ? `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}` : words.join("");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  // The first and the last day that a date can mean, as the number YYYYMMDD; no month has a day after its 31st.
  const firstDay = (date) => Number((date + "-01-01".slice(date.length - 4)).replaceAll("-", ""));
  const lastDay = (date) => Number((date + "-12-31".slice(date.length - 4)).replaceAll("-", ""));

  const yearOf = (event) => Math.floor(event.first_day / 10_000);

  function isDate(text) {
    if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) || text.startsWith("0000")) return false;
    const [year, month = 1, day = 1] = text.split("-").map(Number), made = new Date(Date.UTC(2000, month - 1, day));
    made.setUTCFullYear(year, month - 1, day);
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  }

  // The value that a text stands for; an Error says what exists. rules: the switches and messages of the page.
  function read(name, written, rules) {
    const { form, choices } = rules.switches[name], text = written.trim();
    if (form === "list") {
      const chosen = text.split(",").map((item) => item.trim()).filter(Boolean);
      const unknown = chosen.find((item) => !choices.includes(item));
      if (unknown !== undefined) throw new Error(filled(rules.messages.list, { name, value: unknown, choices: choices.join(", ") }));
      return choices.filter((choice) => chosen.includes(choice));
    }
    if (form === "flag" && ["yes", "no"].includes(text)) return text === "yes";
    if (form === "number" && /^\d{1,4}$/.test(text) && Number(text)) return Number(text);
    if (form === "date" && (!text || isDate(text))) return text || null;
    throw new Error(filled(rules.messages[form], { name, value: text }));
  }

  const write = (value) => Array.isArray(value) ? value.join(",") : value === true ? "yes" : value === false ? "no" : String(value ?? "");

  // The definition that pairs of switch and text stand for; what is not named is as in the default or the preset named.
  function fromWords(pairs, rules) {
    const words = Object.fromEntries(pairs), { switches, presets, messages } = rules;
    const unknown = Object.keys(words).find((name) => name !== "preset" && !Object.hasOwn(switches, name));
    if (unknown !== undefined) throw new Error(filled(messages.switch, { value: unknown, choices: ["preset", ...Object.keys(switches)].join(", ") }));
    const preset = words.preset ?? "default";
    if (!Object.hasOwn(presets, preset)) throw new Error(filled(messages.preset, { value: preset, choices: Object.keys(presets).join(", ") }));
    delete words.preset;
    const all = { ...presets[preset], ...words };
    return Object.fromEntries(Object.entries(switches).map(([name, { usual }]) => [name, name in all ? read(name, all[name], rules) : usual]));
  }

  // Each switch that is not set as in `base`, by name, as text.
  function toWords(definition, base) {
    return Object.entries(definition).filter(([name, value]) => value !== null && (base[name] === null || write(value) !== write(base[name])))
      .map(([name, value]) => [name, write(value)]);
  }

  // Pairs of name and text as the query of an address. Commas, which stand between values, stay as they are.
  function query(pairs) {
    const text = new URLSearchParams(pairs).toString().replaceAll("%2C", ",");
    return text ? `?${text}` : "";
  }

  // The events that count, in the order given. Each has event_id, first_day (YYYYMMDD), is_police, houses, part_of (the
  // event that it is part of) and a value for each column.
  function select(events, definition) {
    const lists = Object.entries(COLUMNS).filter(([name]) => definition[name] != null).map(([name, column]) => [column, new Set(definition[name])]);
    const least = definition["min-publishers"];
    const from = definition.from ? firstDay(definition.from) : 0, to = definition.to ? lastDay(definition.to) : Infinity;
    const kept = events.filter((event) => lists.every(([column, chosen]) => chosen.has(event[column]))
      && event.first_day >= from && event.first_day <= to && !(definition["military-only"] && event.is_police)
      && (!(least > 1) || event.houses >= least));
    if (!definition.merged) return kept;
    const ids = new Set(kept.map((event) => event.event_id));
    return kept.filter((event) => !ids.has(event.part_of));
  }

  // Why nothing can count; empty if something may.
  function contradiction(definition, messages) {
    const empty = Object.keys(COLUMNS).find((name) => definition[name]?.length === 0);
    if (empty) return messages.nothing[empty];
    const { from, to } = definition;
    return from && to && firstDay(from) > lastDay(to) ? filled(messages.early, { start: from, end: to }) : "";
  }

  // Total, number of each year from `first` to `last` as far as they lie in the period, events and, where there are none, why.
  function count(events, definition, { first, last, messages }) {
    const rows = select(events, definition), years = new Map();
    const start = Math.max(first, Number((definition.from ?? "0").slice(0, 4))), end = Math.min(last, Number((definition.to ?? "9999").slice(0, 4)));
    for (let year = start; year <= end; year += 1) years.set(year, 0);
    for (const event of rows) years.set(yearOf(event), years.get(yearOf(event)) + 1);
    return { total: rows.length, years, rows, reason: rows.length ? "" : contradiction(definition, messages) || messages.found };
  }

  // A number as the pages write it. A browser takes longer to find its own rules for numbers than for all else that these
  // scripts do when a page opens.
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

  function dateInWords(date) {
    const [year, month, day] = date.split("-");
    return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
  }

  function period({ from, to }) {
    if (from && to) return from === to ? `in ${dateInWords(from)}` : `from ${dateInWords(from)} to ${dateInWords(to)}`;
    return from ? `since ${dateInWords(from)}` : `until ${dateInWords(to)}`;
  }

  // A definition in words, clause by clause as in drills/wording/definitions.py.
  function describe(definition, { switches, words: inWords }) {
    const plain = (values) => values.map((value) => inWords[value] ?? value).join(", ") || "none";
    const kinds = definition.kinds.map((kind) => kind === "command_post" ? "command-post exercises" : `${kind}s`);
    const words = [`${definition.tiers.join(" and ") || "no"} events, ${listed(definition.statuses, "or") || "of no status"}`,
      definition["military-only"] ? "armed forces only" : "military and paramilitary forces", kinds.join(", ") || "no kind of activity",
      definition.merged ? "parts counted with the whole" : "parts of a larger event counted apart"];
    if (definition.frameworks.length < switches.frameworks.choices.length) words.push(`frameworks: ${plain(definition.frameworks)}`);
    if (definition["min-publishers"] > 1) words.push(`at least ${definition["min-publishers"]} independent houses`);
    for (const name of ["series", "domains", "areas"]) if (definition[name]) words.push(`${name}: ${plain(definition[name])}`);
    if (definition.from || definition.to) words.push(period(definition));
    return words.join("; ");
  }

  return { count, dateInWords, describe, firstDay, fromWords, grouped, isDate, listed, prepared, query, select, toWords, write, yearOf };
})();
