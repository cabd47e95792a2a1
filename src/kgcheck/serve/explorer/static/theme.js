"use strict";
// Runs before the page is drawn, so that a chosen theme does not flash up as the other one.
(() => {
  const root = document.documentElement;
  const keep = (value) => {
    try {
      return value === undefined ? localStorage.getItem("theme") : localStorage.setItem("theme", value);
    } catch {
      return null; // storage is off: the choice holds for this page
    }
  };
  const chosen = keep();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const name = () => {
      button.textContent = dark() ? "Light page" : "Dark page";
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      keep(root.dataset.theme);
      name();
    });
    system.addEventListener("change", name);
    name();
    root.dataset.ready = "yes";
  });
})();
