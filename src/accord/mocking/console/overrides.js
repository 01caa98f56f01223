// Answers to order: which operation is answered with which status, once or always.

import * as api from "./api.js";
import { acting, button, element, fillChoice, notify } from "./dom.js";
import { world, worldChoice } from "./worlds.js";

/** Starts the view in a holder. It returns what makes it show what there is now. */
export function startOverrides(holder) {
  let operations = [];
  const change = acting(refresh);
  const worlds = worldChoice(refresh);
  const operation = element("select", { "aria-label": "Operation to answer", onchange: offer });
  const statuses = element("datalist", { id: "statuses" });
  const status = element("input", { "aria-label": "Status to answer with", list: "statuses", inputmode: "numeric", pattern: "[2-5][0-9]{2}", required: true, size: 5, value: "" });
  const times = element("select", { "aria-label": "How often" }, element("option", { value: "1" }, "once"), element("option", { value: "3" }, "three times"), element("option", { value: "" }, "always"));
  const body = element("textarea", { class: "code", rows: 4, spellcheck: "false", "aria-label": "Body", placeholder: "Body as JSON. Empty: what the contract has for the status." });
  const force = element("input", { type: "checkbox" });
  const errors = element("ul", { class: "errors", role: "alert" });
  const list = element("ul", { class: "ordered", "aria-label": "Overrides" });
  const quick = element("div", { class: "chips", role: "group", "aria-label": "Statuses of the contract" });
  const form = element(
    "form",
    { class: "order" },
    element("h2", {}, "Answer to order"),
    element("label", {}, "Operation", operation),
    element("div", { class: "fields" }, element("label", {}, "Status", status, statuses), element("label", {}, "How often", times)),
    quick,
    element("label", {}, "Body", body),
    element("label", { class: "check" }, force, " Even if the contract does not have it"),
    errors,
    element("div", { class: "actions" }, element("button", { type: "submit", class: "main" }, "Order")),
  );
  form.addEventListener("submit", order);
  holder.append(
    element("div", { class: "tools" }, worlds, element("span", { class: "spring" }), button("Clear all", () => change(() => api.clearOverrides(world()))), button("Reload", refresh)),
    element("div", { class: "columns two" }, form, element("div", { class: "body" }, element("h2", {}, "Ordered"), list)),
  );

  /** Offers the statuses that the contract has for the operation. */
  function offer() {
    const known = operations.find(({ id }) => id === operation.value)?.statuses ?? [];
    const exact = known.filter((each) => /^[2-5]\d\d$/.test(each));
    statuses.replaceChildren(...exact.map((value) => element("option", { value })));
    quick.replaceChildren(...exact.map((each) => button(each, () => pick(each), { class: "chip", "data-kind": each[0] })));
    status.value = exact.find((each) => !each.startsWith("2")) ?? exact[0] ?? "";
    errors.replaceChildren();
  }

  function pick(each) {
    status.value = each;
    errors.replaceChildren();
  }

  async function order(event) {
    event.preventDefault();
    errors.replaceChildren();
    try {
      const asked = { operation: operation.value, status: Number(status.value) };
      if (times.value) asked.times = Number(times.value);
      if (body.value.trim()) asked.body = JSON.parse(body.value);
      if (force.checked) asked.force = true;
      await api.createOverride(world(), asked);
      notify(`${asked.operation} is answered with ${asked.status}.`);
      await refresh();
    } catch (error) {
      const all = error.errors?.length ? error.errors : [{ pointer: "", reason: error.message }];
      errors.replaceChildren(
        ...all.map(({ pointer, reason, expected }) =>
          element("li", {}, pointer ? element("code", {}, pointer) : null, ` ${reason}`, expected ? element("small", {}, `expected ${expected}`) : null),
        ),
      );
    }
  }

  /** Shows what there is now. */
  async function refresh() {
    try {
      await worlds.refresh();
      const { overrides } = await api.listOverrides(world());
      list.replaceChildren(...(overrides.length ? overrides.map(entry) : [element("li", { class: "empty" }, "The mock answers by itself.")]));
    } catch (error) {
      list.replaceChildren(element("li", { class: "empty" }, error.message));
    }
  }

  const entry = ({ id, operation: name, status: code, times: most, used, body: sent }) =>
    element(
      "li",
      {},
      element("span", { class: "status", "data-kind": String(code)[0] }, String(code)),
      element("b", {}, name),
      element("span", { class: "quiet" }, most === null ? `always; ${used} given` : `${used} of ${most} given`),
      sent === undefined ? null : element("code", { class: "sent" }, sent.slice(0, 300)),
      element("span", { class: "spring" }),
      button("Remove", () => change(() => api.deleteOverride(world(), id))),
    );

  return {
    refresh,
    escape: () => {},
    name: (all) => {
      operations = all;
      fillChoice(operation, all.map(({ id, method, path }) => [id, `${id}  (${method} ${path})`]));
      offer();
    },
  };
}
