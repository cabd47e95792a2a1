"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const PER_PAGE = 50;
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const index = read("index");
  const findings = index.findings;
  const [ANCHOR, VERDICT, SOURCES, SPEAKERS, MEASURES, FIRST, LAST, WORDS] = [0, 1, 2, 3, 4, 5, 6, 7];

  // Elements are made from data through the DOM alone: what is text there stays text here.
  const build = (node, texts, within) => {
    if (typeof node === "number") return document.createTextNode(texts[node]);
    const [tag, attributes, ...children] = node;
    if (tag === -1) return shared(texts[attributes]);
    const space = texts[tag] === "svg" ? SVG : within;
    const element = space ? document.createElementNS(space, texts[tag]) : document.createElement(texts[tag]);
    for (let place = 0; place < attributes.length; place += 2) {
      const [name, value] = [texts[attributes[place]], texts[attributes[place + 1]]];
      if (/^(on.*|style|src.*)$/.test(name)) continue;
      if (name === "href" && !/^(https?:\/\/|#)/i.test(value)) continue;
      element.setAttribute(name, value);
    }
    for (const child of children) element.append(build(child, texts, space));
    return element;
  };
  const shared = (name) => {
    const kept = byId("check-" + name)?.querySelector("pre");
    return kept ? kept.cloneNode(true) : document.createTextNode(name);
  };
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const chunks = new Map();
  const piece = (name, number) => {
    const id = `${name}-${Math.floor(number / index.chunk)}`;
    if (!chunks.has(id)) chunks.set(id, read(id));
    const chunk = chunks.get(id);
    return build(chunk.elements[number % index.chunk], chunk.texts);
  };
  const cards = new Map();
  if (index.whole) findings.forEach((entry, number) => cards.set(number, byId(entry[ANCHOR])));
  const card = (number) => {
    if (!cards.has(number)) cards.set(number, piece("cards", number));
    return cards.get(number);
  };

  const sections = [...document.querySelectorAll("section.verdicts")].map((element) => ({
    element,
    verdict: Number(element.dataset.verdict),
    fold: element.querySelector(":scope > details"),
    list: element.querySelector(".list"),
    count: element.querySelector("h2 .count"),
    total: element.querySelector("h2 .count").textContent,
    matches: [],
    page: 0,
  }));

  const pager = (section) => {
    const last = Math.ceil(section.matches.length / PER_PAGE) - 1;
    if (last < 1 || index.whole) return [];
    const from = section.page * PER_PAGE;
    const to = Math.min(from + PER_PAGE, section.matches.length);
    const turn = (words, step) => {
      const button = make("button", { type: "button" }, words);
      const target = section.page + step;
      button.disabled = target < 0 || target > last;
      button.addEventListener("click", () => {
        section.page = target;
        draw(section);
        section.element.scrollIntoView();
        section.list.querySelector("button:enabled")?.focus({ preventScroll: true });
      });
      return button;
    };
    const words = `${(from + 1).toLocaleString("en-GB")} to ${to.toLocaleString("en-GB")} of ${section.matches.length.toLocaleString("en-GB")}`;
    const bar = make("p", { class: "pager" });
    bar.append(turn("Previous", -1), make("span", {}, words), turn("Next", 1));
    return [bar];
  };
  const draw = (section) => {
    if (section.fold && !section.fold.open && !index.whole) {
      section.list.replaceChildren();
      return;
    }
    const size = index.whole ? section.matches.length : PER_PAGE;
    const shown = section.matches.slice(section.page * size, (section.page + 1) * size);
    section.list.replaceChildren(...pager(section), ...shown.map(card), ...pager(section));
  };

  const chosen = (id) => (byId(id).value === "-" ? null : Number(byId(id).value));
  const filtered = () => {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set([...document.querySelectorAll("input[name=verdict]:checked")].map((box) => Number(box.value)));
    const [source, speaker, measure] = ["source", "speaker", "measure"].map(chosen);
    const [from, to] = ["from", "to"].map(chosen);
    return (entry) =>
      (!verdicts.size || verdicts.has(entry[VERDICT])) &&
      (source === null || entry[SOURCES].includes(source)) &&
      (speaker === null || entry[SPEAKERS].includes(speaker)) &&
      (measure === null || entry[MEASURES].includes(measure)) &&
      (from === null || (entry[LAST] !== null && entry[LAST] >= from)) &&
      (to === null || (entry[FIRST] !== null && entry[FIRST] <= to)) &&
      words.every((word) => entry[WORDS].includes(word));
  };
  const apply = () => {
    const fits = filtered();
    for (const section of sections) section.matches = [];
    const bySection = new Map(sections.map((section) => [section.verdict, section]));
    let shown = 0;
    findings.forEach((entry, number) => {
      if (!fits(entry)) return;
      shown += 1;
      bySection.get(entry[VERDICT]).matches.push(number);
    });
    for (const section of sections) {
      const number = section.matches.length.toLocaleString("en-GB");
      section.count.textContent = number === section.total ? number : `${number} of ${section.total}`;
      section.element.hidden = !section.matches.length;
      section.page = 0;
      draw(section);
    }
    byId("status").textContent = `${shown.toLocaleString("en-GB")} of ${findings.length.toLocaleString("en-GB")} findings`;
    byId("show-all").hidden = shown === findings.length;
  };
  const reset = () => {
    byId("filters").reset();
    apply();
  };

  const body = (fold) => {
    if (index.whole || fold.querySelector(":scope > div")) return;
    fold.append(piece("bodies", Number(fold.dataset.value)));
  };
  const open = (element) => {
    for (let place = element; place; place = place.parentElement) {
      if (place instanceof HTMLDetailsElement) place.open = true;
    }
  };
  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    const number = findings.findIndex((entry) => entry[ANCHOR] === name);
    if (number >= 0) {
      const section = sections.find((one) => one.verdict === findings[number][VERDICT]);
      if (!section.matches.includes(number)) reset();
      section.page = Math.floor(section.matches.indexOf(number) / PER_PAGE);
      open(section.fold);
      draw(section);
    }
    const target = byId(name);
    if (!target) return;
    open(target);
    if (target.closest("#sources") && target instanceof HTMLDetailsElement) body(target);
    target.scrollIntoView();
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  };

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 60);
  };
  const form = byId("filters");
  form.hidden = false;
  const wide = matchMedia("(min-width: 68rem)");
  const roomy = () => {
    form.querySelector("details").open = wide.matches;
  };
  wide.addEventListener("change", roomy);
  roomy();
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("show-all").addEventListener("click", () => {
    reset();
    byId("search").focus();
  });
  for (const section of sections) {
    section.fold?.addEventListener("toggle", () => {
      if (!unfolded && !section.list.firstChild) draw(section); // drawing anew would take the focus from what is there
    });
  }
  for (const fold of document.querySelectorAll("#sources details")) {
    fold.addEventListener("toggle", () => fold.open && body(fold));
  }

  // J and K step from finding to finding while one of them has the focus.
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const here = document.activeElement?.closest("article.finding");
    if (!here) return;
    const every = [...document.querySelectorAll("article.finding")].filter((one) => one.checkVisibility());
    const next = every[every.indexOf(here) + step];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView();
  });

  const theme = byId("theme");
  theme.hidden = false;
  const dark = () => {
    const set = document.documentElement.dataset.theme;
    return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const name = () => {
    theme.textContent = dark() ? "Light page" : "Dark page";
  };
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();

  // On paper nobody turns pages or opens folds: what the filters leave is all there, up to a bound.
  const PRINTED = 1000;
  let unfolded = null;
  addEventListener("beforeprint", () => {
    if (unfolded) return;
    const total = sections.reduce((sum, section) => sum + section.matches.length, 0);
    let room = PRINTED;
    unfolded = sections.map((section) => {
      const shown = section.matches.slice(0, room);
      room -= shown.length;
      const open = section.fold?.open;
      section.list.replaceChildren(...shown.map(card));
      section.element.hidden = !shown.length;
      if (section.fold) section.fold.open = true;
      return [section, open];
    });
    const words =
      total > PRINTED
        ? `Printed here: the first ${PRINTED.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} findings, strongest first. Narrow the page down before printing to have others, or use kgcheck check --format markdown.`
        : total < findings.length
          ? `Printed here: the ${total.toLocaleString("en-GB")} of ${findings.length.toLocaleString("en-GB")} findings that the page was narrowed down to.`
          : "";
    if (words) byId("main").prepend(make("p", { class: "lead", id: "printed" }, words));
  });
  addEventListener("afterprint", () => {
    byId("printed")?.remove();
    for (const [section, open] of unfolded ?? []) {
      section.element.hidden = !section.matches.length;
      if (section.fold) section.fold.open = open;
      draw(section);
    }
    unfolded = null;
  });

  addEventListener("hashchange", follow);
  apply();
  follow();
  document.documentElement.dataset.ready = "yes";
})();
