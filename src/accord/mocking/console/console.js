// The console: its views, the tabs between them, and the keys that work everywhere.

import { getContract } from "./api.js";
import { arrows, byId, notify } from "./dom.js";
import { startExchanges } from "./exchanges.js";
import { startFaults } from "./faults.js";
import { startOverrides } from "./overrides.js";
import { startScenarios } from "./scenarios.js";
import { startState } from "./state.js";

const NAMES = ["exchanges", "state", "overrides", "scenarios", "faults"];
const views = {
  exchanges: startExchanges(),
  state: startState(byId("state")),
  overrides: startOverrides(byId("overrides")),
  scenarios: startScenarios(byId("scenarios")),
  faults: startFaults(byId("faults")),
};
let current = "exchanges";

function show(name) {
  current = name;
  for (const each of NAMES) {
    const tab = byId(`tab-${each}`);
    const isShown = each === name;
    byId(each).hidden = !isShown;
    tab.setAttribute("aria-selected", isShown);
    tab.tabIndex = isShown ? 0 : -1;
  }
  if (location.hash.slice(1) !== name) history.replaceState(null, "", `#${name}`);
  views[name].refresh?.();
}

const hashed = () => (NAMES.includes(location.hash.slice(1)) ? location.hash.slice(1) : "exchanges");

for (const name of NAMES) byId(`tab-${name}`).addEventListener("click", () => show(name));
arrows(document.querySelector("[role=tablist]"), "[role=tab]", { isAcross: true, onmove: (tab) => tab.click() });
addEventListener("hashchange", () => show(hashed()));
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape") views[current].escape();
  else if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show("exchanges");
    views.exchanges.search();
  }
});

show(hashed());
try {
  const contract = await getContract();
  byId("title").textContent = `${contract.title} ${contract.version}`;
  document.title = `${contract.title}: mock`;
  for (const view of [views.exchanges, views.overrides, views.faults]) view.name(contract.operations);
} catch (error) {
  notify(error.message);
}
