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

  // A thing's own page says more of it than an address on the web that may not be there.
  const resource = (iri) => `/resource?iri=${encodeURIComponent(iri)}`;
  new MutationObserver(() => {
    for (const link of place.querySelectorAll("a.iri:not([data-seen])")) {
      link.dataset.seen = "yes";
      link.href = resource(link.getAttribute("href"));
      link.removeAttribute("target");
    }
  }).observe(place, { childList: true, subtree: true });

  document.documentElement.dataset.editor = "ready";
  if (asked.get("example") || asked.get("query")) show(text.value);
})();
