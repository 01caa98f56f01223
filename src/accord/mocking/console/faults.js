// Faults: what answers suffer on their way, of one operation or of all, in one world or in all; each with a switch.

import * as api from "./api.js";
import { acting, button, element, fillChoice, notify } from "./dom.js";
import { world, worldChoice } from "./worlds.js";

const MEMBERS = [
  "delay=100ms..2s", "delay=lognormal(200ms 1s)", "status=5XX", "reset", "drop",
  "truncate=50%", "speed=1kB", "limit=10/1min", "rate=20%",
];
const WORDS = ["reset", "drop"];
const EVERYTHING = "*";

/** Starts the view in a holder. It returns what makes it show what there is now. */
export function startFaults(holder) {
  const change = acting(refresh);
  const worlds = worldChoice(refresh);
  const operation = element("select", { "aria-label": "Operation that suffers" });
  const where = element("select", { "aria-label": "Where" }, element("option", { value: "world" }, "in this world"), element("option", { value: "all" }, "in all worlds"));
  const times = element("select", { "aria-label": "How often" }, element("option", { value: "" }, "always"), element("option", { value: "1" }, "once"), element("option", { value: "3" }, "three times"));
  const fault = element("input", { class: "code", "aria-label": "Fault", placeholder: "delay=300ms; rate=20%", required: true, spellcheck: "false", autocomplete: "off", oninput: mark });
  const chips = MEMBERS.map((member) => button(member, () => toggle(member), { class: "chip", "aria-pressed": false }));
  const force = element("input", { type: "checkbox" });
  const errors = element("ul", { class: "errors", role: "alert" });
  const own = element("ul", { class: "ordered", "aria-label": "Faults of this world" });
  const common = element("ul", { class: "ordered", "aria-label": "Faults of all worlds" });
  const form = element(
    "form",
    { class: "order" },
    element("h2", {}, "Fault to order"),
    element("label", {}, "Operation", operation),
    element("div", { class: "fields" }, element("label", {}, "Where", where), element("label", {}, "How often", times)),
    element("label", {}, "What its answers suffer", fault),
    element("div", { class: "chips", role: "group", "aria-label": "Members of a fault" }, ...chips),
    element("label", { class: "check" }, force, " Even if the contract does not have the status"),
    errors,
    element("div", { class: "actions" }, element("button", { type: "submit", class: "main" }, "Order")),
  );
  form.addEventListener("submit", order);
  holder.append(
    element("div", { class: "tools" }, worlds, element("span", { class: "spring" }), button("Switch all off", switchAllOff), button("Clear all", clear), button("Reload", refresh)),
    element("div", { class: "columns two" }, form, element("div", { class: "body" }, element("h2", {}, "Of this world"), own, element("h2", {}, "Of all worlds"), common)),
  );

  const parts = () => fault.value.split(/\s*[;,]\s*/).filter(Boolean);

  /** Puts a member into the fault in place of the one with its name, or takes it out. */
  function toggle(member) {
    const others = parts().filter((each) => nameOf(each) !== nameOf(member));
    fault.value = (parts().includes(member) ? others : [...others, member]).join("; ");
    mark();
  }

  /** Shows which members are in the fault. */
  function mark() {
    errors.replaceChildren();
    for (const chip of chips) chip.setAttribute("aria-pressed", parts().includes(chip.textContent));
  }

  async function order(event) {
    event.preventDefault();
    errors.replaceChildren();
    try {
      const asked = { operation: operation.value, fault: fault.value };
      if (times.value) asked.times = Number(times.value);
      if (force.checked) asked.force = true;
      const ordered = await api.createFault(where.value === "all" ? null : world(), asked);
      notify(`${nameOfOperation(ordered)}: ${ordered.fault}`);
      await refresh();
    } catch (error) {
      errors.replaceChildren(element("li", {}, error.message));
    }
  }

  /** Does something with all faults that are shown. */
  function withAll(act) {
    return change(async () => {
      for (const place of [world(), null]) await act(place);
    });
  }

  function clear() {
    return withAll(api.clearFaults);
  }

  function switchAllOff() {
    return withAll(async (place) => {
      const { faults } = await api.listFaults(place);
      for (const { id, on } of faults) if (on) await api.switchFault(place, id, false);
    });
  }

  /** Shows what there is now; the focus stays where it is. */
  async function refresh() {
    const focused = document.activeElement?.dataset?.key;
    try {
      await worlds.refresh();
    } catch (error) {
      notify(error.message);
    }
    await Promise.all([show(own, world()), show(common, null)]);
    if (focused) holder.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  async function show(list, place) {
    try {
      const { faults } = await api.listFaults(place);
      list.replaceChildren(...(faults.length ? faults.map((each) => entry(place, each)) : [element("li", { class: "empty" }, "None.")]));
    } catch (error) {
      list.replaceChildren(element("li", { class: "empty" }, error.message));
    }
  }

  function entry(place, ordered) {
    const { id, fault: text, on, times: most, used } = ordered;
    const name = nameOfOperation(ordered);
    const control = element("input", {
      type: "checkbox",
      role: "switch",
      checked: on,
      "aria-label": `${text} of ${name}`,
      "data-key": `${place === null ? "all" : "world"}-${id}`,
      onchange: () => change(() => api.switchFault(place, id, control.checked)),
      onkeydown: (event) => {
        if (event.key === "Enter") control.click();
      },
    });
    return element(
      "li",
      {},
      control,
      element("b", {}, name),
      element("code", { class: "sent", title: text }, text),
      element("span", { class: "quiet" }, most === null ? `suffered by ${used}` : `suffered by ${used} of ${most}`),
      element("span", { class: "spring" }),
      button("Remove", () => change(() => api.deleteFault(place, id)), { "aria-label": `Remove ${text} of ${name}` }),
    );
  }

  return {
    refresh,
    escape: () => {},
    name: (all) =>
      fillChoice(operation, [[EVERYTHING, "All operations"], ...all.map(({ id, method, path }) => [id, `${id}  (${method} ${path})`])]),
  };
}

const nameOf = (member) => (WORDS.includes(member) ? "connection" : member.split("=")[0].trim());
const nameOfOperation = ({ operation }) => (operation === EVERYTHING ? "All operations" : operation);
