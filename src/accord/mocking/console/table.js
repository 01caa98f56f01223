// Items as a table: their identifiers, and a column for each property that they have.

import { isRaw } from "./api.js";
import { arrows, element } from "./dom.js";

const MOST_ROWS = 500;
const MOST_COLUMNS = 12;

/** The table; `choose` is told of the item that is opened. */
export function table(items, choose) {
  const seen = items.slice(0, MOST_ROWS);
  const scopes = [...new Set(seen.flatMap(({ scope }) => Object.keys(scope)))];
  const columns = columnsOf(seen);
  const body = element("tbody", {}, ...seen.map((item, at) => row(item, at, { scopes, columns, choose })));
  arrows(body, "tr");
  const made = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...["id", ...scopes, ...columns].map((name) => element("th", { scope: "col" }, name)))),
    body,
  );
  const more = items.length - seen.length;
  return element("div", { class: "scrolls" }, made, more > 0 ? element("p", { class: "quiet" }, `And ${more} more: see JSON.`) : null);
}

function columnsOf(items) {
  const names = new Set(items.flatMap(({ value }) => (isObject(value) ? Object.keys(value) : [])));
  const isIdentifier = (name) => items.every(({ id, value }) => plain(value?.[name]) === id);
  return [...names].filter((name) => !isIdentifier(name)).slice(0, MOST_COLUMNS);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && !isRaw(value);

const plain = (value) => {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

function row(item, at, { scopes, columns, choose }) {
  const { id, scope, value } = item;
  const cells = [
    element("th", { scope: "row" }, id || "(one)"),
    ...scopes.map((name) => element("td", {}, scope[name] ?? "")),
    ...(columns.length ? columns : [null]).map((name) => cell(name === null ? value : value?.[name])),
  ];
  return element(
    "tr",
    {
      tabindex: at ? -1 : 0,
      onclick: () => choose(item),
      onkeydown: (event) => {
        if (event.key === "Enter") choose(item);
      },
    },
    ...cells,
  );
}

function cell(value) {
  const text = plain(value);
  const kind = typeof value === "number" || isRaw(value) ? "number" : typeof value;
  return element("td", { class: value === null ? "word" : kind, title: text.length > 40 ? text.slice(0, 1000) : null }, text.slice(0, 200));
}
