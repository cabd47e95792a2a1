"use strict";
// Puts YASGUI where the plain form stands. All that it asks, it asks of /sparql.
(() => {
  const text = document.getElementById("text");
  const place = document.getElementById("editor");
  const known = {
    dct: "http://purl.org/dc/terms/",
    foaf: "http://xmlns.com/foaf/0.1/",
    kgc: "https://w3id.org/kgcheck/ontology#",
    oa: "http://www.w3.org/ns/oa#",
    org: "http://www.w3.org/ns/org#",
    prov: "http://www.w3.org/ns/prov#",
    rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    rdfs: "http://www.w3.org/2000/01/rdf-schema#",
    schema: "https://schema.org/",
    skos: "http://www.w3.org/2004/02/skos/core#",
    xsd: "http://www.w3.org/2001/XMLSchema#",
  };
  const endpoint = new URL("/sparql", location.href).href;
  const asked = new URLSearchParams(location.search);
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const yasgui = new Yasgui(place, {
    persistenceId: null,
    populateFromUrl: false,
    copyEndpointOnNewTab: true,
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { value: text.value, prefixCcApi: null, createShareableLink: null },
    yasr: { prefixes: known },
  });
  const show = (query) => {
    const tab = yasgui.getTab();
    tab.setQuery(query);
    tab.getYasqe().query().catch(() => {}); // what went wrong stands in the results
  };
  document.getElementById("plain").hidden = true;
  const answer = document.getElementById("answer");
  if (answer) answer.hidden = true;
  place.classList.add("ready");

  for (const link of document.querySelectorAll("a.example")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(null, "", link.href);
      show(document.getElementById(`example-${link.dataset.value}`).textContent);
      place.scrollIntoView();
    });
  }

  // A thing's own page says more of it than an address on the web that may not be there. And what
  // YASGUI gives no name gets one, for those who hear the page.
  const resource = (iri) => `/resource?iri=${encodeURIComponent(iri)}`;
  const name = (selector, words) => {
    for (const nameless of place.querySelectorAll(`${selector}:not([aria-label])`)) {
      nameless.setAttribute("aria-label", words);
    }
  };
  const mend = () => {
    name(".yasqe textarea", "SPARQL");
    name(".yasr textarea", "The answer as it was sent");
    name("select.tableSizer", "Rows on a page");
    for (const title of place.querySelectorAll("th.dt-orderable-none .dt-column-title:empty")) {
      title.textContent = "#";
    }
    for (const link of place.querySelectorAll("a.iri:not([data-seen])")) {
      const iri = link.getAttribute("href") ?? link.textContent; // of a urn: YASGUI leaves the text alone
      link.dataset.seen = "yes";
      link.href = resource(iri);
      link.title = iri;
      link.removeAttribute("target");
      if (link.textContent === iri) link.textContent = iri.split(/[\/#:]/).filter(Boolean).pop() ?? iri;
      link.parentElement.replaceChildren(link);
    }
  };
  // A click on what is cut off unfolds it; one on a link leads to where the link leads.
  const lead = (event) => event.target.closest?.("a.iri") && event.stopPropagation();
  place.addEventListener("click", lead, true);
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
  mend();

  document.documentElement.dataset.editor = "ready";
  if (asked.get("example") || asked.get("query")) show(text.value);
})();
