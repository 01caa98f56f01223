// The state of a world: its resources, their items, and its snapshots.

import * as api from "./api.js";
import { acting, arrows, button, carefulButton, element, notify } from "./dom.js";
import { Editor } from "./editor.js";
import { table } from "./table.js";
import { shown } from "./json.js";
import { world, worldChoice } from "./worlds.js";

/** Starts the view in a holder. It returns what makes it show what there is now. */
export function startState(holder) {
  let resources = [];
  let name = "";
  let items = [];
  let isTable = true;

  const act = acting(refresh);
  const worlds = worldChoice(refresh);
  const list = element("div", { class: "resources", role: "listbox", "aria-label": "Resources" });
  const snapshots = element("ul", { class: "snapshots", "aria-label": "Snapshots" });
  const content = element("div", { class: "items" });
  const title = element("h2");
  const asTable = button("Table", () => turn(true), { "aria-pressed": "true" });
  const asJSON = button("JSON", () => turn(false), { "aria-pressed": "false" });
  const add = button("Add", () => edit(null), { class: "main" });
  const editor = new Editor({ save, remove, onclose: () => content.querySelector("tr[tabindex='0']")?.focus() });
  arrows(list, "[role=option]", { onmove: (each) => each.click() });

  holder.append(
    element(
      "div",
      { class: "tools" },
      worlds,
      element("span", { class: "spring" }),
      carefulButton("Reset world", () => act(() => api.resetWorld(world()), "The world is as it was at first.")),
      button("Reload", refresh),
    ),
    element(
      "div",
      { class: "columns" },
      element("nav", { class: "side" }, element("h2", {}, "Resources"), list, element("h2", {}, "Snapshots"), saving(), snapshots),
      element(
        "div",
        { class: "body" },
        element("div", { class: "tools" }, title, element("span", { class: "spring" }), element("div", { class: "pair" }, asTable, asJSON), add),
        content,
      ),
      editor.holder,
    ),
  );

  function saving() {
    const named = element("input", { "aria-label": "Name of the snapshot", placeholder: "Name", required: true, maxlength: 200 });
    const form = element("form", { class: "saving" }, named, element("button", { type: "submit" }, "Save"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await act(() => api.saveSnapshot(world(), named.value), `Saved as ${named.value}.`);
      named.value = "";
    });
    return form;
  }

  /** Shows what there is now. */
  async function refresh() {
    try {
      await worlds.refresh();
      ({ resources } = await api.listResources(world()));
      const { snapshots: saved } = await api.listSnapshots(world());
      snapshots.replaceChildren(...saved.map(snapshot));
    } catch (error) {
      content.replaceChildren(element("p", { class: "empty" }, error.message));
      return;
    }
    if (!resources.some((each) => each.name === name)) name = resources[0]?.name ?? "";
    list.replaceChildren(...resources.map(option));
    add.disabled = !name;
    await showItems();
  }

  const option = (resource) =>
    element(
      "button",
      {
        type: "button",
        role: "option",
        "aria-selected": resource.name === name,
        tabindex: resource.name === name ? 0 : -1,
        onclick: () => open(resource.name),
      },
      element("span", {}, resource.name),
      element("span", { class: "quiet" }, String(resource.count)),
    );

  const snapshot = ({ name: saved }) =>
    element(
      "li",
      {},
      element("span", {}, saved),
      button("Restore", () => act(() => api.restoreSnapshot(world(), saved), `The state is that of ${saved}.`)),
      button("Delete", () => act(() => api.deleteSnapshot(world(), saved), `Deleted ${saved}.`)),
    );

  async function open(resource) {
    name = resource;
    editor.close();
    for (const each of list.children) {
      const isChosen = each.firstChild.textContent === name;
      each.setAttribute("aria-selected", isChosen);
      each.tabIndex = isChosen ? 0 : -1;
    }
    await showItems();
  }

  async function showItems() {
    title.textContent = name;
    if (!name) {
      content.replaceChildren(element("p", { class: "empty" }, "The mock found no resources in this contract."));
      return;
    }
    const asked = name;
    try {
      const answer = await api.listItems(world(), asked);
      if (asked !== name) return;
      ({ items } = answer);
    } catch (error) {
      content.replaceChildren(element("p", { class: "empty" }, error.message));
      return;
    }
    if (!items.length) content.replaceChildren(element("p", { class: "empty" }, "There is none."));
    else if (isTable) content.replaceChildren(table(items, edit));
    else content.replaceChildren(shown(JSON.stringify(items.map(({ value }) => value))));
  }

  function turn(toTable) {
    isTable = toTable;
    asTable.setAttribute("aria-pressed", toTable);
    asJSON.setAttribute("aria-pressed", !toTable);
    showItems();
  }

  const resource = () => resources.find((each) => each.name === name);

  function edit(item) {
    editor.open(resource(), item, items[0]);
  }

  /** Writes an item. One without an identifier is written with all others of its resource. */
  async function save({ id, scope, value }, item) {
    if (id) await api.putItem(world(), name, id, { value, scope });
    else {
      const others = resource().isSingleton ? [] : items.filter((each) => each !== item);
      await api.replaceItems(world(), name, [{ value, scope }, ...others]);
    }
    notify(id ? `Saved ${name} ${id}.` : `Saved ${name}.`);
    await refresh();
  }

  async function remove(item) {
    if (item.id) await api.deleteItem(world(), name, item.id);
    else await api.replaceItems(world(), name, items.filter((each) => each !== item));
    notify(`Deleted ${name} ${item.id}.`);
    await refresh();
  }

  return { refresh, escape: () => editor.close() };
}
