"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const [NAME, KIND, LABEL, X, Y, VERDICT, NEAR, DETAILS] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [START, END, RELATION, EDGE_VERDICT, PART] = [0, 1, 2, 3, 4];
  const VERDICT_SIGNS = ["≠", "≈", "∥", "≡", "=", "i"];
  const SIGNS = { claim: "“", document: "D", person: "P", organisation: "O", source: "S", measure: "M", topic: "T", subject: "A", question: "?", grade: "G", inspection: "I", post: "R", population: "N", proposition: "!" };
  const SIZES = { finding: 11, document: 9, claim: 6.5, person: 6.5, organisation: 6.5, source: 6.5 };
  const COLOURED = new Set(["finding", "claim", "document", "person", "organisation", "source"]);
  const WORDS = { inDocument: "in document", primarySource: "rests on", attributedTo: "attributed to", derivedFrom: "derived from", actedOnBehalfOf: "acts for", party: "about", quotedBy: "quoted by", dateBasis: "date", ask: "to ask the source", settle: "what would settle it", innocent: "an innocent explanation" };

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const sign = (node) => (node[KIND] === "finding" ? VERDICT_SIGNS[node[VERDICT]] ?? "i" : SIGNS[node[KIND]] ?? "·");
  const look = (node) => (node[KIND] === "finding" ? `verdict-${node[VERDICT]}` : `kind-${COLOURED.has(node[KIND]) ? node[KIND] : "other"}`);
  const badge = (node) => make("span", { class: `sign ${look(node)}`, "aria-hidden": "true" }, sign(node));
  const spoken = (node) => (node[KIND] === "finding" ? data.verdicts[node[VERDICT]] : node[KIND]);

  const links = data.nodes.map(() => []);
  data.edges.forEach((edge, number) => {
    links[edge[START]].push([number, edge[END], false]);
    links[edge[END]].push([number, edge[START], true]);
  });
  const state = { everything: !data.nodes.some((node) => node[NEAR]), kinds: new Set(data.nodes.map((node) => node[KIND])), chosen: null, hovered: null };
  const inView = (number) => {
    const node = data.nodes[number];
    return state.kinds.has(node[KIND]) && (state.everything || node[NEAR] === 1 || number === state.chosen || state.extra?.has(number));
  };
  const focus = () => state.hovered ?? state.chosen;
  const around = () => {
    const centre = focus();
    return centre === null ? null : new Set([centre, ...links[centre].map(([, other]) => other)]);
  };

  // The picture. Without WebGL the panel still reaches everything.
  let renderer = null;
  let near = null;
  const show = () => {
    near = around();
    renderer?.refresh();
  };
  const style = getComputedStyle(document.documentElement);
  const palette = new Map(); // asking for a style takes long, and every node and edge does at every move
  const colour = (name) => {
    if (!palette.has(name)) palette.set(name, style.getPropertyValue(`--${name}`).trim());
    return palette.get(name);
  };
  const nodeColour = (node) => colour(node[KIND] === "finding" ? data.verdicts[node[VERDICT]] : COLOURED.has(node[KIND]) ? node[KIND] : "other");
  const loud = (edge) => edge[RELATION] === "contradiction" || edge[RELATION] === "tension";
  const picture = byId("picture");

  const paint = () => {
    const graph = new graphology.MultiDirectedGraph();
    data.nodes.forEach((node, number) => {
      graph.addNode(String(number), { x: node[X], y: -node[Y], label: node[LABEL], size: SIZES[node[KIND]] ?? 4.5, color: nodeColour(node) });
    });
    data.edges.forEach((edge, number) => {
      const arrow = ["primarySource", "derivedFrom", "restates", "attributedTo"].includes(edge[RELATION]);
      graph.addDirectedEdgeWithKey(String(number), String(edge[START]), String(edge[END]), { size: arrow ? 1.4 : 1, type: arrow ? "arrow" : "line", color: colour("edge") });
    });
    renderer = new Sigma(graph, picture, {
      labelFont: style.getPropertyValue("--sans"),
      labelSize: 12,
      labelColor: { color: colour("ink") },
      labelDensity: 0.6,
      labelGridCellSize: 150,
      labelRenderedSizeThreshold: 7,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      nodeReducer: (name, attributes) => {
        const number = Number(name);
        if (!inView(number)) return { ...attributes, hidden: true };
        if (near === null) return { ...attributes, label: short(attributes.label) };
        if (near.has(number)) return { ...attributes, label: short(attributes.label), forceLabel: near.size < 40, zIndex: 1 };
        return { ...attributes, label: "", color: colour("edge"), zIndex: 0 };
      },
      edgeReducer: (name, attributes) => {
        const edge = data.edges[Number(name)];
        if (!inView(edge[START]) || !inView(edge[END]) || loud(edge)) return { ...attributes, hidden: true };
        const centre = focus();
        if (centre === null) return attributes;
        const touches = edge[START] === centre || edge[END] === centre;
        return touches ? { ...attributes, color: colour("edge-strong"), size: 2, zIndex: 1 } : { ...attributes, hidden: near !== null && data.edges.length > 3000 };
      },
      defaultDrawNodeHover: () => {},
    });
    const canvas = make("canvas", { "aria-hidden": "true" });
    canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
    picture.append(canvas);
    const pen = canvas.getContext("2d");
    const visible = ({ x, y }, width, height) => x > -30 && y > -30 && x < width + 30 && y < height + 30;
    renderer.on("afterRender", () => {
      const { width, height } = renderer.getDimensions();
      const scale = devicePixelRatio || 1;
      if (canvas.width !== width * scale || canvas.height !== height * scale) [canvas.width, canvas.height] = [width * scale, height * scale];
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, width, height);
      const at = (number) => renderer.graphToViewport({ x: data.nodes[number][X], y: -data.nodes[number][Y] });
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      // Who contradicts whom: a full line for contradictions, a dashed one for tensions, each with its sign.
      for (const edge of data.edges) {
        if (!loud(edge) || !inView(edge[START]) || !inView(edge[END])) continue;
        const [a, b] = [at(edge[START]), at(edge[END])];
        const strength = near === null || near.has(edge[START]) || near.has(edge[END]) ? 1 : 0.15;
        pen.globalAlpha = strength;
        pen.strokeStyle = colour(data.verdicts[edge[EDGE_VERDICT]]);
        pen.lineWidth = edge[EDGE_VERDICT] === 0 ? 3 : 2;
        pen.setLineDash(edge[EDGE_VERDICT] === 0 ? [] : [7, 5]);
        pen.beginPath();
        pen.moveTo(a.x, a.y);
        pen.lineTo(b.x, b.y);
        pen.stroke();
        pen.setLineDash([]);
      }
      pen.globalAlpha = 1;
      data.nodes.forEach((node, number) => {
        if (!inView(number)) return;
        const shown = renderer.getNodeDisplayData(String(number));
        const size = shown ? renderer.scaleSize(shown.size) : 0;
        if (size < 4.5) return;
        const place = at(number);
        if (!visible(place, width, height)) return;
        pen.globalAlpha = near === null || near.has(number) ? 1 : 0.3;
        pen.fillStyle = colour("card");
        pen.font = `700 ${Math.max(8, size * 1.25)}px Georgia, "Liberation Serif", serif`;
        pen.fillText(sign(node), place.x, place.y + (node[KIND] === "claim" ? size * 0.4 : 0.5));
        if (number === state.chosen) {
          pen.strokeStyle = colour("ink");
          pen.lineWidth = 2;
          pen.beginPath();
          pen.arc(place.x, place.y, size + 3, 0, 7);
          pen.stroke();
        }
      });
      pen.globalAlpha = 1;
    });
    renderer.on("enterNode", ({ node }) => {
      state.hovered = Number(node);
      picture.style.cursor = "pointer";
      show();
    });
    renderer.on("leaveNode", () => {
      state.hovered = null;
      picture.style.cursor = "";
      show();
    });
    renderer.on("clickNode", ({ node }) => choose(Number(node), false));
    renderer.on("clickStage", () => choose(null, false));
    byId("closer").addEventListener("click", () => renderer.getCamera().animatedZoom());
    byId("farther").addEventListener("click", () => renderer.getCamera().animatedUnzoom());
    byId("whole").addEventListener("click", fit);
  };
  const short = (text) => (text.length > 44 ? `${text.slice(0, 43).trimEnd()}…` : text);

  // The camera looks at what is shown, not at the corners of what is not.
  const fit = () => {
    if (!renderer) return;
    const shown = data.nodes.filter((node, number) => inView(number));
    if (!shown.length) return;
    const range = (place) => [Math.min(...shown.map((node) => node[place])), Math.max(...shown.map((node) => node[place]))];
    const [[x1, x2], [y1, y2]] = [range(X), range(Y)];
    renderer.setCustomBBox({ x: [x1 - 1, x2 + 1], y: [-y2 - 1, -y1 + 1] });
    show();
    renderer.getCamera().animatedReset();
  };

  // The panel.
  const toNode = (number, relation, end) => {
    const node = data.nodes[number];
    const button = make("button", { type: "button" }, badge(node));
    if (relation) button.append(make("span", { class: "relation" }, relation));
    button.append(make("span", {}, node[LABEL]));
    button.setAttribute("aria-label", `${relation ? relation + ": " : ""}${spoken(node)}, ${node[LABEL]}`);
    button.addEventListener("click", () => choose(number, true));
    return make("li", {}, button, ...(end ? [end] : []));
  };
  const choose = (number, move) => {
    state.chosen = number;
    state.extra = number === null ? null : new Set(links[number].map(([, other]) => other));
    const detail = byId("detail");
    detail.replaceChildren();
    if (number !== null) {
      const node = data.nodes[number];
      const facts = node[DETAILS];
      const title = facts.message ?? (facts.quote ? `«${facts.quote}»` : node[LABEL]);
      detail.append(make("p", { class: "kind" }, badge(node), spoken(node)), make("h2", {}, title));
      const rows = make("dl", {});
      for (const [name, value] of Object.entries(facts)) {
        if (name === "message" || name === "quote" || value === title) continue;
        const content = name === "address" && /^https?:\/\/[^\s<>"'`\\]+$/i.test(value) ? make("a", { href: value, rel: "noreferrer external" }, value) : value;
        rows.append(make("div", {}, make("dt", {}, WORDS[name] ?? name), make("dd", {}, content)));
      }
      detail.append(rows);
      const near = links[number].slice(0, 60).map(([edge, other, back]) => {
        const { [RELATION]: relation, [PART]: part } = data.edges[edge];
        const words = part || (WORDS[relation] ?? relation);
        return toNode(other, back && !part ? `← ${words}` : words);
      });
      if (near.length) detail.append(make("h3", {}, "Linked with"), make("ul", { class: "near" }, ...near));
      if (links[number].length > 60) detail.append(make("p", {}, `and ${links[number].length - 60} more`));
      if (move) {
        detail.focus({ preventScroll: true });
        detail.scrollIntoView({ block: "nearest" });
      }
      history.replaceState(null, "", `#${encodeURIComponent(node[NAME])}`);
    }
    show();
    if (number !== null && move && renderer) {
      const place = renderer.getNodeDisplayData(String(number));
      if (place) renderer.getCamera().animate({ x: place.x, y: place.y, ratio: 0.35 }, { duration: 300 });
    }
  };
  const words = data.nodes.map((node) => [node[LABEL], node[KIND], ...Object.values(node[DETAILS])].join(" ").toLowerCase());
  const find = () => {
    const wanted = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = wanted.length ? data.nodes.map((_, number) => number).filter((number) => wanted.every((word) => words[number].includes(word))) : [];
    found.sort((a, b) => data.nodes[b][NEAR] - data.nodes[a][NEAR]);
    byId("results").replaceChildren(...found.slice(0, 30).map((number) => toNode(number)));
    byId("says").textContent = wanted.length ? `${found.length.toLocaleString("en-GB")} nodes found${found.length > 30 ? ", the first 30 listed" : ""}` : data.says;
  };

  byId("search").addEventListener("input", find);
  document.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    byId("results").querySelector("button")?.click();
  });
  byId("everything").checked = state.everything;
  byId("everything").addEventListener("change", (event) => {
    state.everything = event.target.checked;
    fit();
  });
  const kinds = [...state.kinds].sort();
  for (const kind of kinds) {
    const node = data.nodes.find((one) => one[KIND] === kind);
    const box = make("input", { type: "checkbox" });
    box.checked = true;
    box.addEventListener("change", () => {
      state.kinds[box.checked ? "add" : "delete"](kind);
      show();
    });
    byId("kinds").querySelector("ul").append(make("li", {}, make("label", {}, box, badge(node), kind)));
  }
  try {
    paint();
    fit();
  } catch (error) {
    picture.replaceChildren(make("p", {}, "This browser draws no WebGL, so there is no picture. The search beside it reaches every node; kgcheck export --format svg makes a picture that needs none."));
    document.documentElement.dataset.trouble = String(error);
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    palette.clear();
    renderer?.setSetting("labelColor", { color: colour("ink") });
    renderer?.getGraph().updateEachEdgeAttributes((name, attributes) => ({ ...attributes, color: colour("edge") }));
    renderer?.getGraph().updateEachNodeAttributes((name, attributes) => ({ ...attributes, color: nodeColour(data.nodes[Number(name)]) }));
  });
  find();
  const named = decodeURIComponent(location.hash.slice(1));
  const start = named ? data.nodes.findIndex((node) => node[NAME] === named) : -1;
  if (start >= 0) choose(start, true);
  document.documentElement.dataset.ready = "yes";
})();
