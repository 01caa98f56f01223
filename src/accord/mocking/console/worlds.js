// The world that the views of state and overrides show.

import { createWorld, listWorlds } from "./api.js";
import { button, choice, element, fillChoice, notify } from "./dom.js";

let chosen = "default";

export const world = () => chosen;

/** A choice of worlds, with a button that makes one. `onchange` is called when another one is chosen. */
export function worldChoice(onchange) {
  const select = choice("World", ["default"], (name) => {
    chosen = name;
    onchange();
  });
  const holder = element(
    "div",
    { class: "world" },
    element("span", { class: "quiet", "aria-hidden": "true" }, "World"),
    select,
    button("New", async () => {
      try {
        ({ name: chosen } = await createWorld({}));
        notify(`Made the world ${chosen}: name it in the header X-Accord-World.`);
        onchange();
      } catch (error) {
        notify(error.message);
      }
    }, { title: "Make a world that nobody else has" }),
  );
  /** Asks which worlds there are. */
  holder.refresh = async () => {
    const { worlds } = await listWorlds();
    const names = worlds.map(({ name }) => name);
    if (!names.includes(chosen)) chosen = "default";
    fillChoice(select, names.includes("default") ? names : ["default", ...names]);
    select.value = chosen;
  };
  return holder;
}
