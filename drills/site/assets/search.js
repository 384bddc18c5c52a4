/* The search of the site: names before text, results while the reader types. han.js and search-data.js hold what can be found. */
(() => {
  "use strict";
  const form = document.querySelector("form.jd-search"), data = window.jdSearch;
  if (!form || !data) return;
  const { folded, words } = window.jdLetters;
  const field = form.elements.q, said = document.querySelector(".jd-found"), list = document.querySelector(".jd-results");
  const MOST = 50, PAUSE = 80, root = document.documentElement.dataset.content_root ?? "./";
  const count = new Intl.NumberFormat("en");
  let timer;

  /* What a page is found by: for names also words that a dash joins as one, and every letter of Chinese alone. */
  function terms(text) {
    const found = words(folded(text));
    for (const [joined] of text.matchAll(/[\p{L}\p{N}]+(?:[-‐-―][\p{L}\p{N}]+)+/gu)) {
      found.push(...words(folded(joined.replace(/[^\p{L}\p{N}]/gu, ""))));
    }
    for (const [letter] of folded(text).matchAll(/[\u3400-\u9fff\uf900-\ufaff]/g)) found.push(letter);
    return found;
  }

  // what a page is found by, from what says most to what says least; a page found by its title alone has all words there
  const TIERS = ["title", "names", "when", "about"];
  const pages = data.pages.map(([address, title, kind, when, names, about, isHeld], id) => {
    const page = { id, address, title, kind, when, names, about, isHeld, text: [] };
    const known = new Set();
    page.known = [title.replace(/\s*\([^)]*\)/g, ""), ...names.split(" · ")].map((name) => words(folded(name)).join(" "));
    page.tiers = TIERS.map((field) => { for (const term of terms(page[field])) known.add(term); return [...known]; });
    return page;
  });
  for (const line of data.words.split("\n")) {
    const [word, ...steps] = line.split(" ");
    let at = 0;
    for (const step of steps) {
      at += parseInt(step, 36);
      pages[at].text.push(word);
    }
  }
  const index = new window.MiniSearch({
    fields: ["title", "names", "when", "about", "text"],
    extractField: (page, name) => (name === "text" ? page.text.join(" ") : page[name]),
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: { combineWith: "AND", boost: { title: 12, names: 6, when: 6, about: 3 }, tokenize: (text) => words(folded(text)),
      prefix: (term) => term.length > 1, weights: { prefix: 0.3, fuzzy: 0.1 } },
  });
  index.addAll(pages);

  /* Pages that have all words in their title come first, then names in other languages, time, place and countries, and
     last the text. Of the first kinds, the page with this very name leads, in whatever language, then those whose name
     begins with it, of these first what was held, the newest first (the order of the data); pages found by their text
     alone stand as the index ranks them. */
  function find(query) {
    const wanted = words(folded(query)), asked = wanted.join(" ");
    const has = (tier) => wanted.every((word) => tier.some((term) => term.startsWith(word)));
    function place({ id, score }) {
      const page = pages[id], found = page.tiers.findIndex(has), tier = found < 0 ? TIERS.length : found;
      const likeness = page.known.includes(asked) ? 0 : page.known.some((name) => name.startsWith(asked)) ? 1 : 2;
      return { page, order: tier < TIERS.length ? [tier, likeness, page.isHeld ? 0 : 1, id] : [tier, 0, 0, -score] };
    }
    const compare = (a, b) => { const at = a.order.findIndex((value, number) => value !== b.order[number]); return at < 0 ? 0 : a.order[at] - b.order[at]; };
    const search = (options) => index.search(query, options).map(place).sort(compare).map(({ page }) => page);
    const exact = search({});
    return exact.length ? { found: exact, isNear: false }
      : { found: search({ fuzzy: (term) => (term.length > 4 ? 0.2 : false) }), isNear: true };
  }

  function entry({ address, title, kind, when, about }) {
    const item = document.createElement("li"), link = document.createElement("a"), rest = document.createElement("p");
    link.href = root + address;
    link.textContent = title;
    rest.textContent = [kind, when, about].filter(Boolean).join(" · ");
    item.append(link, rest);
    return item;
  }

  function sentence(number, isNear) {
    if (!number) return "No page has all of these words. Try fewer words, or the explorer.";
    const pagesFound = number === 1 ? "1 page" : `${count.format(number)} pages`;
    const first = number > MOST ? `, the first ${MOST} of them here` : "";
    return isNear ? `No page has these words as they are written; ${pagesFound} with similar ones${first}.` : `${pagesFound}${first}.`;
  }

  function show() {
    clearTimeout(timer);
    const query = field.value.trim(), { found, isNear } = query ? find(query) : { found: [], isNear: false };
    list.replaceChildren(...found.slice(0, MOST).map(entry));
    said.textContent = query ? sentence(found.length, isNear) : "";
    list.dataset.query = query;
  }

  function write() {
    const query = field.value.trim();
    history.replaceState(null, "", location.pathname + (query ? `?q=${encodeURIComponent(query)}` : ""));
  }

  function read() {
    field.value = (new URLSearchParams(location.search).get("q") ?? "").slice(0, 200);
    show();
  }

  /* Arrow keys go from the field through the results and back. */
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [field, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement) + step;
    if (at === 0 && step === 1) return;
    if (stops[at]) stops[at].focus();
    event.preventDefault();
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { show(); write(); }, PAUSE); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); write(); });
  form.addEventListener("keydown", move);
  list.addEventListener("keydown", move);
  window.addEventListener("popstate", read);
  read();
})();
