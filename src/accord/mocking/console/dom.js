// Elements that are made of text alone: nothing that comes from a request is ever read as HTML.

/** An element. `on...` attributes are listeners; others that are false, null or undefined are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value") made.value = value;
    else if (key.startsWith("aria-")) made.setAttribute(key, String(value));
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

export const button = (text, onclick, attributes = {}) =>
  element("button", { type: "button", onclick, ...attributes }, text);

/** A button that does what cannot be undone: it asks once more, and forgets after a moment. */
export function carefulButton(text, action) {
  const made = button(text, () => {
    if (made.dataset.asked) {
      settle();
      action();
    } else {
      made.dataset.asked = "yes";
      made.textContent = `${text}: sure?`;
      setTimeout(settle, 3000);
    }
  }, { class: "careful" });
  const settle = () => {
    delete made.dataset.asked;
    made.textContent = text;
  };
  return made;
}

/** A choice of one out of several; each is a text, or a pair of value and text. */
export function choice(label, options, onchange, value = "") {
  const made = element("select", { "aria-label": label, onchange: () => onchange(made.value) });
  fillChoice(made, options);
  made.value = value;
  return made;
}

export function fillChoice(select, options) {
  const chosen = select.value;
  select.replaceChildren(
    ...options.map((each) => {
      const [value, text] = Array.isArray(each) ? each : [each, each];
      return element("option", { value }, text);
    }),
  );
  if (options.some((each) => (Array.isArray(each) ? each[0] : each) === chosen)) select.value = chosen;
}

let fading = 0;

/** Says something for a few seconds; screen readers read it out. */
export function notify(text) {
  const notice = byId("notice");
  notice.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => notice.replaceChildren(), 4000);
}

/** What does something and says what came of it, if only that it failed; then `refresh` shows what there is. */
export const acting = (refresh) => async (act, said = "") => {
  try {
    await act();
    if (said) notify(said);
  } catch (error) {
    notify(error.message);
  }
  await refresh();
};

/** Moves the focus among elements with the arrow keys, Home and End, as tabs and lists have it. */
export function arrows(holder, selector, { isAcross = false, onmove = () => {} } = {}) {
  const [back, forth] = isAcross ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  holder.addEventListener("keydown", (event) => {
    const all = [...holder.querySelectorAll(selector)];
    const at = all.indexOf(event.target.closest(selector));
    const next = { [back]: at - 1, [forth]: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || next === undefined || !all[next]) return;
    event.preventDefault();
    all[next].focus();
    onmove(all[next]);
  });
}
