/* The switch between light and dark. Without this script the page follows the scheme of the reader's system. */
(() => {
  "use strict";
  const root = document.documentElement, button = document.querySelector(".jd-scheme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("jd-scheme"); } catch { return null; } };

  function show() {
    const isDark = root.dataset.theme === "dark";
    button.textContent = isDark ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use the ${isDark ? "light" : "dark"} colours`);
  }

  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("jd-scheme", root.dataset.theme); } catch { /* it lasts for this page then */ }
    show();
  });
  system.addEventListener("change", () => {
    if (!stored()) { root.dataset.theme = system.matches ? "dark" : "light"; show(); }
  });
  show();
  button.hidden = false;
})();
