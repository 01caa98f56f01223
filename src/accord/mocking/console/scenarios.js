// Scenarios: the stories that the mock was given, each with a switch in a world, its steps, and what it has answered.

import * as api from "./api.js";
import { acting, button, choice, element } from "./dom.js";
import { world, worldChoice } from "./worlds.js";

/** Starts the view in a holder. It returns what makes it show what there is now. */
export function startScenarios(holder) {
  const change = acting(refresh);
  const worlds = worldChoice(refresh);
  const search = element("input", { type: "search", "aria-label": "Search scenarios", placeholder: "Search names, operations", spellcheck: "false", autocomplete: "off", oninput: show });
  const list = element("ul", { class: "ordered stories", "aria-label": "Scenarios" });
  let scenarios = [];
  holder.append(
    element("div", { class: "tools" }, worlds, search, element("span", { class: "spring" }), button("Turn all off", () => change(() => api.clearScenarios(world()))), button("Reload", refresh)),
    element("div", { class: "columns" }, element("div", { class: "body" }, list)),
  );

  /** Shows what there is now; the focus stays where it is. */
  async function refresh() {
    const focused = document.activeElement?.dataset?.key;
    try {
      await worlds.refresh();
      ({ scenarios } = await api.listScenarios(world()));
      show();
    } catch (error) {
      list.replaceChildren(element("li", { class: "empty" }, error.message));
    }
    if (focused) [...list.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === focused)?.focus();
  }

  function show() {
    const wanted = search.value.trim().toLowerCase();
    const fitting = scenarios.filter((each) => textOf(each).includes(wanted));
    const none = scenarios.length ? "None fits." : "The mock has none: write one in mock/scenarios/.";
    list.replaceChildren(...(fitting.length ? fitting.map(entry) : [element("li", { class: "empty" }, none)]));
  }

  function entry(scenario) {
    const { name, title, description, on, step, steps, place, rules } = scenario;
    const control = element("input", {
      type: "checkbox",
      role: "switch",
      checked: on,
      "aria-label": name,
      "data-key": name,
      onchange: () => change(() => api.switchScenario(world(), name, { on: control.checked })),
      onkeydown: (event) => {
        if (event.key === "Enter") control.click();
      },
    });
    return element(
      "li",
      {},
      control,
      element(
        "div",
        { class: "story" },
        element("p", {}, element("b", {}, name), title ? ` ${title}` : null),
        description ? element("p", { class: "quiet" }, description) : null,
        element("ol", {}, ...rules.map((rule) => ruleOf(rule, on))),
        element("p", { class: "quiet" }, element("code", {}, place)),
      ),
      element("span", { class: "spring" }),
      on && steps.length > 1 ? choice(`Step of ${name}`, steps, (chosen) => change(() => api.switchScenario(world(), name, { step: chosen })), step) : null,
      on ? button("Begin anew", () => change(() => api.resetScenario(world(), name)), { "aria-label": `Begin ${name} anew` }) : null,
    );
  }

  return { refresh, escape: () => {}, name: () => {} };
}

const textOf = ({ name, title, rules }) =>
  [name, title, ...rules.flatMap(({ operations }) => operations)].join(" ").toLowerCase();

function ruleOf({ operations, conditions, answers, times, then, used }, isOn) {
  const shown = operations.length > 3 ? `${operations.slice(0, 3).join(", ")} and ${operations.length - 3} more` : operations.join(", ");
  const given = times === null ? `${used} given` : `${used} of ${times} given`;
  return element(
    "li",
    {},
    element("code", {}, shown),
    conditions.length ? `, ${conditions.join(" and ")}` : "",
    `: ${answers.join(", then ")}`,
    then ? `; then step ${then}` : "",
    isOn ? element("span", { class: "quiet" }, ` ${given}`) : null,
  );
}
