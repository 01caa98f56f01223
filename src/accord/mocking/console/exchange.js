// One exchange: what was asked and answered, and what of it breaks the contract, beside the contract itself.

import { getExchange, getRule } from "./api.js";
import { chosenHeaders, curlOf, urlOf } from "./curl.js";
import { button, element, notify } from "./dom.js";
import { shown } from "./json.js";

const REDACTED = "[redacted]";
let wanted = 0;

/** Shows the exchange of an id. What is still on its way for another one is dropped. */
export async function showExchange(holder, id, { close, journal, select }) {
  wanted = id;
  try {
    const exchange = await getExchange(id);
    if (wanted !== id) return;
    holder.replaceChildren(
      head(exchange, { close, again: () => sendAgain(exchange, { journal, select }) }),
      ...violations(exchange),
      ...findings(exchange),
      message("Request", exchange.request, marks(exchange, "request")),
      message("Response", exchange.response, marks(exchange, "response")),
    );
  } catch (error) {
    if (wanted !== id) return;
    holder.replaceChildren(
      element("header", {}, element("p", { class: "line" }, error.message), button("Close", close)),
    );
  }
  holder.hidden = false;
  holder.scrollTop = 0;
}

function head(exchange, { close, again }) {
  const { request, response, operation, world, override, scenario, fault, milliseconds, time } = exchange;
  const facts = [
    operation ?? "no operation",
    ...(override ? [`answered to order ${override}`] : []),
    ...(scenario ? [`scenario ${scenario}`] : []),
    ...(fault ? [`fault: ${fault}`] : []),
    `world ${world}`,
    `${milliseconds.toFixed(1)} ms`,
    new Date(time).toLocaleString(),
  ];
  return element(
    "header",
    {},
    element(
      "p",
      { class: "line" },
      element("span", { class: "method" }, request.method),
      " ",
      element("span", { class: "path" }, request.path, request.query ? element("i", {}, `?${request.query}`) : null),
      " ",
      element("span", { class: "status", "data-kind": String(response.status)[0] }, String(response.status)),
    ),
    element("p", { class: "facts" }, ...facts.map((each) => element("span", {}, each))),
    element(
      "div",
      { class: "actions" },
      button("Copy as curl", () => copy(curlOf(exchange))),
      button("Send again", again),
      button("Close", close, { "aria-keyshortcuts": "Escape" }),
    ),
    exchange.reason ? element("p", { class: "why" }, exchange.reason) : null,
  );
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify("Copied.");
  } catch {
    notify("The browser does not let the page copy.");
  }
}

/** Sends the request once more from this page, and selects the exchange that it becomes. */
async function sendAgain(exchange, { journal, select }) {
  const { request } = exchange;
  if (request.body.isCut) {
    notify("The journal has only the beginning of this body: it cannot be sent again.");
    return;
  }
  const came = journal.next((each) => each.method === request.method && each.path === request.path);
  const headers = chosenHeaders(exchange);
  try {
    await fetch(new URL(urlOf(request)), {
      method: request.method,
      headers: headers.map(({ name, value }) => [name, value]),
      body: request.body.size ? bytesOf(request.body) : undefined,
      redirect: "manual",
      credentials: "same-origin",
    });
  } catch (error) {
    notify(`The browser cannot send this: ${error.message}`);
    return;
  }
  const isRedacted = headers.some(({ value }) => value.includes(REDACTED)) || request.query.includes(REDACTED);
  notify(isRedacted ? "Sent again, with what the journal has in place of the credentials." : "Sent again.");
  select(await came);
}

const bytesOf = (body) =>
  body.base64 ? Uint8Array.from(atob(body.base64), (letter) => letter.charCodeAt(0)) : body.text;

function violations({ violations: all }) {
  if (!all.length) return [];
  const title = all.length === 1 ? "1 violation" : `${all.length} violations`;
  return [
    element("section", { class: "violations", "aria-label": "Violations" }, element("h2", {}, title), ...all.map(violation)),
  ];
}

function violation(each) {
  const place = each.location === "body" ? each.pointer || "(whole)" : `${each.name ?? ""}${each.pointer}`;
  const facts = [
    ["Expected", each.expected],
    ["Received", each.received],
    ["Rule", each.rule],
  ];
  const excerpt = element("figure", { class: "excerpt" });
  if (each.rule) quote(excerpt, each.rule);
  return element(
    "div",
    { class: "violation" },
    element(
      "div",
      {},
      element("p", { class: "where" }, `${each.message} ${each.location} `, element("code", {}, place)),
      element("p", { class: "reason" }, each.reason),
      element(
        "dl",
        {},
        ...facts
          .filter(([, value]) => value)
          .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, element("code", {}, value))]),
      ),
    ),
    excerpt,
  );
}

/** The contract's own lines around a rule. */
async function quote(holder, pointer) {
  try {
    const rule = await getRule(pointer);
    const place = `${rule.file}:${rule.line}:${rule.column}`;
    const indent = Math.min(...rule.lines.filter(({ text }) => text.trim()).map(({ text }) => text.search(/\S/)));
    const lines = rule.lines.map(({ number, text }) =>
      element(
        "span",
        { class: number === rule.line ? "line at" : "line" },
        element("i", { "aria-hidden": "true" }, String(number)),
        `${text.slice(indent)}\n`,
      ),
    );
    holder.append(
      element("figcaption", { title: place }, element("bdi", {}, place)),
      element("pre", { tabindex: "0", "aria-label": `The contract at ${place}` }, ...lines),
    );
  } catch (error) {
    holder.append(element("figcaption", {}, error.message));
  }
}

function findings({ findings: all }) {
  if (!all.length) return [];
  const items = all.map((each) => element("li", {}, each));
  return [element("section", {}, element("h2", {}, "Findings of the contract"), element("ul", {}, ...items))];
}

/** The places in a message's body that break the contract, with why. */
const marks = (exchange, message) =>
  new Map(
    exchange.violations
      .filter((each) => each.message === message && each.location === "body")
      .map(({ pointer, reason }) => [pointer, reason]),
  );

function message(title, { headers, body }, marked) {
  return element(
    "section",
    { class: "message", "aria-label": title },
    element("h2", {}, title),
    element(
      "dl",
      { class: "headers" },
      ...headers.flatMap(({ name, value }) => [element("dt", {}, name), element("dd", {}, value)]),
    ),
    ...content(body, marked),
  );
}

function content(body, marked) {
  if (!body.size) return [element("p", { class: "quiet" }, "No body.")];
  const size = `${body.size.toLocaleString()} bytes`;
  const note = body.isCut ? `${size}, of which the journal keeps the beginning` : size;
  const how = body.base64 === undefined ? note : `${note}, shown in base64`;
  return [shown(body.text ?? body.base64, marked), element("p", { class: "quiet" }, how)];
}
