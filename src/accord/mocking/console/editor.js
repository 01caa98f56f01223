// One item as JSON to be changed: what breaks the contract is said beside it, by its place.

import { isRaw } from "./api.js";
import { button, carefulButton, element } from "./dom.js";
import { placeOf } from "./json.js";

/** The editor. `save` and `remove` do it, and throw where the mock refuses. */
export class Editor {
  constructor({ save, remove, onclose }) {
    Object.assign(this, { save, remove, onclose });
    this.holder = element("aside", { class: "editor", "aria-label": "Item", hidden: true });
  }

  /** Opens an item of a resource, or a new one, for which another may be the model. */
  open(resource, item, model) {
    this.item = item;
    this.resource = resource;
    this.id = element("input", { "aria-label": "Identifier", value: item?.id ?? "", disabled: Boolean(item), spellcheck: "false" });
    this.scope = element("textarea", { "aria-label": "What it is in", rows: 2, spellcheck: "false", value: JSON.stringify((item ?? model)?.scope ?? {}) });
    const value = item ? item.value : withoutIdentifier(model?.value, resource.identifier);
    this.text = element("textarea", { class: "code", "aria-label": "Value", "aria-describedby": "item-errors", spellcheck: "false", value: JSON.stringify(value ?? {}, null, 2) });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#save();
    });
    this.errors = element("ul", { class: "errors", id: "item-errors", role: "alert" });
    const about = item ? `${resource.name} ${item.id}` : `New: ${resource.name}`;
    this.holder.replaceChildren(
      element("h2", {}, about),
      ...(resource.isSingleton ? [] : [element("label", {}, "Identifier", this.id)]),
      ...(resource.scope.length ? [element("label", {}, `In ${resource.scope.join(", ")}`, this.scope)] : []),
      this.text,
      this.errors,
      element(
        "div",
        { class: "actions" },
        button("Save", () => this.#save(), { class: "main", title: "Ctrl+Enter" }),
        item ? carefulButton("Delete", () => this.#do(() => this.remove(item))) : null,
        button("Close", () => this.close(), { "aria-keyshortcuts": "Escape" }),
      ),
    );
    this.holder.hidden = false;
    this.text.focus();
    this.text.setSelectionRange(0, 0);
  }

  close() {
    if (this.holder.hidden) return;
    this.holder.hidden = true;
    this.onclose();
  }

  #save() {
    this.#do(() => {
      const value = this.#read(this.text, "");
      const scope = this.resource.scope.length ? this.#read(this.scope, "/scope") : {};
      return this.save({ id: this.id.value.trim() || identifierIn(value, this.resource.identifier), scope, value }, this.item);
    });
  }

  #read({ value }, pointer) {
    try {
      return JSON.parse(value, (_key, each, context) =>
        Number.isInteger(each) && !Number.isSafeInteger(each) && JSON.rawJSON ? JSON.rawJSON(context.source) : each,
      );
    } catch (error) {
      throw Object.assign(new Error("This is not JSON."), { errors: [{ pointer, reason: error.message }] });
    }
  }

  async #do(action) {
    this.errors.replaceChildren();
    this.text.removeAttribute("aria-invalid");
    try {
      await action();
      this.close();
    } catch (error) {
      this.text.setAttribute("aria-invalid", "true");
      const all = error.errors?.length ? error.errors : [{ pointer: "", reason: error.message }];
      this.errors.replaceChildren(...all.map((each) => this.#error(each)));
    }
  }

  #error({ pointer = "", reason, expected, received }) {
    const place = pointer.replace(/^(\/items\/\d+)?\/value/, "");
    const facts = [expected && `expected ${expected}`, received && `received ${received}`].filter(Boolean).join("; ");
    return element(
      "li",
      {},
      button(place || "(whole)", () => this.#point(place), { class: "place", title: "Go there" }),
      element("span", {}, ` ${reason}`),
      facts ? element("small", {}, facts) : null,
    );
  }

  #point(pointer) {
    this.text.focus();
    this.text.setSelectionRange(...placeOf(this.text.value, pointer));
  }
}

function identifierIn(value, pointer) {
  if (!pointer) return "";
  let held = value;
  for (const key of pointer.split("/").slice(1)) held = held?.[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  if (held === undefined || held === null) return "";
  return isRaw(held) ? held.rawJSON : String(held);
}

/** A copy without the identifier, where that stands at the top. */
function withoutIdentifier(value, pointer) {
  if (!pointer || typeof value !== "object" || value === null) return value;
  const { [pointer.slice(1)]: _, ...others } = value;
  return others;
}
