/* How the cells of a column are put in order: figures by value, days by time, all else by letters. */
(() => {
  "use strict";
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const FIGURE = /^(?:(?:about|nearly|up to|more than|at least) )?[≥≤±]?\s*([+\-−]?\d[\d,]*(?:\.\d+)?)(?![\p{L}\d]|-\d)/u;
  const ISO = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;
  const IN_WORDS = /^(?:(?:from|until|since) )?(?:(\d{1,2})(?: |$))?(?:([A-Z][a-z]{2})[a-z]*(?: |$))?(\d{4})?$/;
  const { compare } = new Intl.Collator("en", { numeric: true });

  // The day that stands first, then the last one, as one text; undefined where there is more than days.
  function days(text) {
    const iso = ISO.exec(text);
    if (iso) return iso.slice(1).map((part) => part ?? "00").join("-");
    let year, month;
    const sides = text.split(/ to |–/).reverse().map((side) => {
      const found = side && IN_WORDS.exec(side);
      if (!found) return undefined;
      // the 20 of "20 to 22 August 2025" has month and year of the 22
      const own = found[2] ? MONTHS.indexOf(found[2].toLowerCase()) + 1 : found[3] ? 0 : month;
      month = own;
      year = found[3] ?? year;
      return year && own !== undefined && (own || !found[2]) ? [year, String(own).padStart(2, "0"), (found[1] ?? "").padStart(2, "0")].join("-") : undefined;
    });
    return sides.includes(undefined) ? undefined : sides.reverse().join(" ");
  }

  function figure(text) {
    if (text === "infinite") return Infinity;
    const found = FIGURE.exec(text);
    return found ? Number(found[1].replaceAll(",", "").replace("−", "-")) : undefined;
  }

  window.jdOrder = {
    /* What stands for each text of a column when two are compared; undefined for words such as "not known" in a column
       of figures or days, which come last in both directions. */
    keys(texts) {
      for (const read of [days, figure]) {
        const found = texts.map(read);
        if (found.some((key) => key !== undefined) && found.every((key, at) => key !== undefined || !/\d/.test(texts[at]))) return found;
      }
      return texts.map((text) => text || undefined);
    },

    /* The places of the texts of a column in their order; equal ones stay as they are. */
    places(texts, isUp) {
      const keys = this.keys(texts);
      return [...keys.keys()].sort((one, two) => {
        const a = keys[one], b = keys[two];
        if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
        const larger = typeof a === "number" ? Number(a > b) - Number(a < b) : compare(a, b);
        return isUp ? larger : -larger;
      });
    },
  };
})();
