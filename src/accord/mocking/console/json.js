// JSON as it is written: indented without being read into values, so that no digit of it is lost.

import { element } from "./dom.js";

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|true|false|null|[{}[\],:])/y;
const BESIDE = new Set(["comma", "colon", "close", "key"]); // tokens that no value begins with
const LARGEST = 300_000; // characters that are coloured; more is shown as it is

/** The tokens of a JSON text, each with the pointer of the value that it is part of. */
function* tokens(text) {
  const stack = []; // what is open: { pointer, isList, at, key }
  let key = null;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [, token] = match;
    const start = TOKEN.lastIndex - token.length;
    const open = stack.at(-1);
    const isKey = open && !open.isList && key === null && token[0] === '"';
    if (isKey) key = JSON.parse(token);
    const pointer = open ? below(open, isKey ? key : key ?? "") : "";
    const depth = stack.length;
    if (token === "}" || token === "]") {
      const { pointer: closed } = stack.pop();
      yield { token, start, kind: "close", pointer: closed, depth: depth - 1 };
    } else if (token === "{" || token === "[") {
      stack.push({ pointer, isList: token === "[", at: 0 });
      yield { token, start, kind: "open", pointer, depth };
    } else if (token === ",") {
      if (open?.isList) open.at += 1;
      yield { token, start, kind: "comma", pointer, depth };
    } else if (token === ":") {
      yield { token, start, kind: "colon", pointer, depth };
      continue;
    } else {
      yield { token, start, kind: isKey ? "key" : kindOf(token), pointer, depth };
    }
    if (!isKey) key = null;
  }
}

const below = (open, key) =>
  `${open.pointer}/${open.isList ? open.at : key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const kindOf = (token) => (token[0] === '"' ? "text" : /^[-\d]/.test(token) ? "number" : "word");

const isJSON = (text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Where the value at a pointer stands in a JSON text, as [start, end]; the nearest one that holds it. */
export function placeOf(text, pointer) {
  let best = { length: -1, place: [0, 0] };
  for (const each of tokens(text)) {
    const isWithin = each.pointer === pointer || pointer.startsWith(`${each.pointer}/`);
    if (!BESIDE.has(each.kind) && isWithin && each.pointer.length > best.length) {
      best = { length: each.pointer.length, place: [each.start, each.start + each.token.length] };
    }
  }
  return best.place;
}

/** A text as an element: JSON indented and coloured, the values at `marked` pointers (to a reason) marked. */
export function shown(text, marked = new Map()) {
  const pre = element("pre", { class: "code", tabindex: "0" });
  if (text.length > LARGEST || !isJSON(text)) {
    pre.textContent = text;
    return pre;
  }
  let previous = "";
  for (const each of tokens(text)) {
    pre.append(gap(previous, each), piece(each, marked));
    previous = each.kind;
  }
  return pre;
}

function gap(previous, { kind, depth }) {
  if (previous === "colon") return " ";
  const isBroken = previous === "open" ? kind !== "close" : previous === "comma" || (kind === "close" && previous);
  return isBroken ? `\n${"  ".repeat(depth)}` : "";
}

function piece({ token, kind, pointer }, marked) {
  const reason = BESIDE.has(kind) ? undefined : marked.get(pointer);
  const made = element("span", { class: `j-${kind}` }, token);
  return reason === undefined ? made : element("mark", { title: reason }, made);
}
