// The live list of exchanges, its filter, and the exchange that is selected.

import { clearJournal } from "./api.js";
import { byId, element, fillChoice, notify } from "./dom.js";
import { showExchange } from "./exchange.js";
import { Journal } from "./journal.js";
import { Rows } from "./rows.js";

const HEIGHT = 28;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY", "TRACE"];
const FILTERS = ["text", "method", "status", "operation", "world"];
const SILENCES = { live: "live", lost: "reconnecting", off: "no journal" };

/** Starts the view. It returns what other views need of it. */
export function startExchanges() {
  let selected = null;
  const rows = new Rows(byId("list"), { height: HEIGHT, make: emptyRow, draw, choose });
  const journal = new Journal({ onchange: refresh, onconnection: connection });
  const isFollowing = () => byId("follow").checked;
  const indexOf = (at) => (isFollowing() ? at : journal.shown.length - 1 - at);

  function refresh({ added }) {
    const { shown } = journal;
    const at = selected === null ? -1 : place(shown, selected);
    const shift = isFollowing() ? 0 : added;
    const wasAtEnd = rows.show(shown.length, (index) => shown[indexOf(index)], {
      selected: at < 0 ? -1 : indexOf(at),
      shift,
    });
    if (isFollowing() && added && wasAtEnd) rows.reveal(shown.length - 1);
    told();
  }

  function told() {
    const { shown, all, waiting, isPaused } = journal;
    byId("count").value = shown.length === all.length ? `${all.length}` : `${shown.length} of ${all.length}`;
    byId("pause").textContent = isPaused ? `Resume${waiting.length ? ` (${waiting.length})` : ""}` : "Pause";
    byId("empty").hidden = shown.length > 0;
    byId("empty").textContent = all.length ? "No exchange is like this." : "Nothing was asked yet. Call the mock, and it shows here.";
    const worlds = [...new Set(all.map(({ world }) => world))].sort();
    const key = worlds.join("\n");
    if (byId("world").dataset.key !== key) {
      byId("world").dataset.key = key;
      fillChoice(byId("world"), [["", "Any world"], ...worlds]);
    }
  }

  function choose(exchange) {
    selected = exchange.id;
    byId("split").classList.add("open");
    showExchange(byId("detail"), exchange.id, { close, journal, select });
  }

  function close() {
    selected = null;
    byId("detail").hidden = true;
    byId("split").classList.remove("open");
    refresh({ added: 0 });
    byId("list").focus();
  }

  function select(exchange) {
    const at = place(journal.shown, exchange.id);
    if (at >= 0) rows.select(indexOf(at));
    else choose(exchange);
  }

  const sift = () => {
    const values = Object.fromEntries(FILTERS.map((name) => [name, byId(name).value]));
    values.text = values.text.trim().toLowerCase();
    byId("list").scrollTop = 0;
    journal.sift({ ...values, violated: byId("violated").checked });
  };
  fillChoice(byId("method"), [["", "Any method"], ...METHODS]);
  byId("filter").addEventListener("input", sift);
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("follow").addEventListener("change", () => {
    refresh({ added: 0 });
    rows.reveal(isFollowing() ? journal.shown.length - 1 : 0);
  });
  byId("pause").addEventListener("click", () => {
    byId("pause").setAttribute("aria-pressed", !journal.isPaused);
    journal.pause(!journal.isPaused);
    told();
  });
  byId("clear").addEventListener("click", async () => {
    try {
      await clearJournal();
      journal.forget();
      if (selected !== null) close();
    } catch (error) {
      notify(error.message);
    }
  });
  byId("text").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      byId("list").focus();
      if (rows.selected < 0) rows.select(0);
    }
  });
  byId("list").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && rows.selected < 0) rows.select(0);
    else if (event.key === "Enter") byId("detail").focus();
  });
  journal.connect();

  return {
    name: (operations) =>
      fillChoice(byId("operation"), [["", "Any operation"], ...operations.map(({ id }) => id)]),
    search: () => byId("text").focus(),
    /** Leaves what is open, the innermost first: the detail, then the search. */
    escape: () => {
      if (!byId("detail").hidden) close();
      else if (byId("text").value) {
        byId("text").value = "";
        sift();
      } else byId("list").focus();
    },
  };
}

function connection(state, why) {
  const shown = byId("connection");
  shown.dataset.state = state;
  shown.textContent = SILENCES[state];
  shown.title = why;
  if (state !== "off") return;
  byId("empty").textContent = why;
  byId("empty").hidden = false;
}

/** Where the exchange of an id stands in a list that is in their order; -1 where it is not there. */
function place(exchanges, id) {
  let [low, high] = [0, exchanges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (exchanges[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return exchanges[low]?.id === id ? low : -1;
}

const CELLS = ["time", "method", "path", "status", "operation", "right", "reason"];

function emptyRow() {
  const cells = CELLS.map((name) => element("span", { class: name }));
  cells[2].append(element("b"), element("i"));
  const row = element("div", { class: "row" }, ...cells);
  row.cells = cells;
  return row;
}

function draw(row, exchange) {
  const [time, method, path, status, operation, milliseconds, reason] = row.cells;
  time.textContent = clock(exchange.time);
  method.textContent = exchange.method;
  path.firstChild.textContent = exchange.path;
  path.lastChild.textContent = exchange.query ? `?${exchange.query}` : "";
  path.title = `${exchange.path}${path.lastChild.textContent}`;
  status.textContent = exchange.status;
  row.dataset.kind = String(exchange.status)[0];
  row.classList.toggle("violated", exchange.violations > 0);
  row.classList.toggle("harmed", Boolean(exchange.fault));
  operation.textContent = exchange.operation ?? "";
  milliseconds.textContent = exchange.milliseconds.toFixed(1);
  const why = exchange.reason ?? (exchange.violations ? `${exchange.violations} violations` : "");
  reason.textContent = exchange.fault ? `fault: ${exchange.fault}  ${why}` : why;
  reason.title = reason.textContent;
}

/** The local time of day, to the millisecond. */
export function clock(moment) {
  const at = new Date(moment);
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((each) =>
    String(each).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
