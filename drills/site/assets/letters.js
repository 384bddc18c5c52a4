/* Letters as searches compare them. Loaded before every script that searches. */
(() => {
  "use strict";
  const QUOTES = /["“”„‟‘’‚‛«»‹›「」『』﹁﹂﹃﹄《》〈〉〝〞〟＂]/g;
  const APOSTROPHE = /(\p{L})[‘’ʼ](?=\p{L})/gu;
  const BETWEEN = /[-\u00AD\u2010-\u2015\u2212\u301C\u30A0\uFE58\uFE63\uFF0D\s]+/g;
  const HAN = /[\u3400-\u9fff\uf900-\ufaff]+/g;
  const WORD = /[\p{L}\p{N}]+/gu;
  let simple = new Map();

  window.jdLetters = {
    /* Traditional letters and, in the same order, the simplified ones that the record is written with. */
    learn(traditional, simplified) {
      const to = [...simplified];
      simple = new Map([...traditional].map((letter, number) => [letter, to[number]]));
    },

    /* One form for texts that differ only in case, width, accents of Latin letters, the two dots of a Russian ё,
       dashes, spaces, quotation marks and traditional or simplified letters. */
    folded(text) {
      const plain = text.normalize("NFKD").replace(/([a-z])\p{M}+/giu, "$1").normalize("NFC").toLowerCase()
        .replaceAll("ё", "е").replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
        .replace(APOSTROPHE, "$1'").replace(QUOTES, '"').replace(BETWEEN, " ");
      return simple.size ? plain.replace(HAN, (run) => [...run].map((one) => simple.get(one) ?? one).join("")) : plain;
    },

    /* The words of a folded text: Chinese in pairs of letters, since it has no spaces. */
    words(folded) {
      const found = [];
      for (const [run] of folded.matchAll(WORD)) {
        const rest = run.replace(HAN, " ");
        for (const [han] of run.matchAll(HAN)) {
          const letters = [...han];
          if (letters.length === 1) found.push(han);
          for (let at = 1; at < letters.length; at++) found.push(letters[at - 1] + letters[at]);
        }
        found.push(...rest.split(" ").filter(Boolean));
      }
      return found;
    },
  };
})();
