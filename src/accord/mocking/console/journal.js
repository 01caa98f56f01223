// The exchanges that the mock has had, kept up with as they come, and which of them are shown.

import { listExchanges } from "./api.js";

const MOST = 10_000;
const BATCH = 100; // milliseconds within which exchanges that come are shown together
const RETRY = 1000;
const LATE = 100; // exchanges before which one may still come that was answered earlier

/** The exchanges, the oldest first, and those of them that fit the filter. `onchange` is told of changes. */
export class Journal {
  constructor({ onchange, onconnection }) {
    Object.assign(this, { onchange, onconnection });
    this.all = [];
    this.shown = [];
    this.waiting = [];
    this.filter = {};
    this.inBodies = new Set(); // those that have the text that is sought in their bodies
    this.isPaused = false;
    this.last = 0;
    this.calls = [];
  }

  /** Reads what there is, and follows what comes; again where the mock goes away and comes back. */
  async connect() {
    try {
      const { exchanges, last } = await listExchanges({ limit: MOST });
      this.all = exchanges;
      this.waiting = [];
      this.last = last;
      this.#sift();
      await this.#searchBodies(0);
      this.#follow();
    } catch (error) {
      this.onconnection(error.status ? "off" : "lost", error.message);
      if (!error.status) setTimeout(() => this.connect(), RETRY);
    }
  }

  #follow() {
    const stream = new EventSource(`journal/stream?since=${this.last}`);
    stream.addEventListener("open", () => this.onconnection("live", ""));
    stream.addEventListener("exchange", (event) => this.#came(JSON.parse(event.data)));
    stream.addEventListener("error", () => {
      stream.close();
      this.onconnection("lost", "");
      setTimeout(() => this.connect(), RETRY);
    });
  }

  #came(exchange) {
    this.last = exchange.id;
    this.waiting.push(exchange);
    if (this.waiting.length > MOST) this.waiting.splice(0, this.waiting.length - MOST);
    this.batch ||= setTimeout(() => {
      this.batch = 0;
      this.#take();
    }, BATCH);
  }

  #take() {
    if (this.isPaused) {
      this.onchange({ added: 0 });
      return;
    }
    const came = this.waiting.splice(0).sort(byEnd);
    if (!came.length) return;
    const isLate = this.all.length > 0 && byEnd(this.all.at(-1), came[0]) > 1;
    this.all.push(...came);
    if (isLate) this.all.push(...this.all.splice(-came.length - LATE).sort(byEnd));
    const tooMany = this.all.length - MOST;
    if (tooMany > 0) {
      const gone = this.all.splice(0, tooMany).at(-1).id;
      let until = 0;
      while (until < this.shown.length && this.shown[until].id <= gone) until += 1;
      this.shown.splice(0, until);
    }
    const fitting = came.filter((each) => this.#fits(each));
    if (isLate) this.shown = this.all.filter((each) => this.#fits(each));
    else this.shown.push(...fitting);
    this.onchange({ added: fitting.length });
    this.#tell(came);
    if (this.filter.text) this.#searchBodies(Math.min(...came.map(({ id }) => id)) - 1);
  }

  #tell(came) {
    this.calls = this.calls.filter((call) => {
      const found = came.findLast(call.fits);
      if (found) call.resolve(found);
      return !found;
    });
  }

  /** The next exchange that comes and is like this. */
  next(fits) {
    return new Promise((resolve) => this.calls.push({ fits, resolve }));
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    this.#take();
  }

  /** Shows those exchanges alone that are like this. */
  sift(filter) {
    const isOther = filter.text !== this.filter.text;
    this.filter = filter;
    if (isOther) this.inBodies = new Set();
    this.#sift();
    clearTimeout(this.searching);
    if (isOther && filter.text) this.searching = setTimeout(() => this.#searchBodies(0), 200);
  }

  forget() {
    this.all = [];
    this.waiting = [];
    this.#sift();
  }

  #sift() {
    this.shown = this.all.filter((each) => this.#fits(each));
    this.onchange({ added: 0 });
  }

  #fits(exchange) {
    const { method, status, operation, world, violated, text } = this.filter;
    return (
      (!method || exchange.method === method) &&
      (!status || String(exchange.status).startsWith(status)) &&
      (!operation || exchange.operation === operation) &&
      (!world || exchange.world === world) &&
      (!violated || exchange.violations > 0) &&
      (!text || lineOf(exchange).includes(text) || this.inBodies.has(exchange.id))
    );
  }

  /** Asks the mock which exchanges have the text in a body: summaries have no bodies. */
  async #searchBodies(since) {
    const { text } = this.filter;
    if (!text) return;
    try {
      const { exchanges } = await listExchanges({ text, since, limit: MOST });
      const found = exchanges.map(({ id }) => id).filter((id) => !this.inBodies.has(id));
      if (text !== this.filter.text || !found.length) return;
      for (const id of found) this.inBodies.add(id);
      this.#sift();
    } catch {
      // The lines are searched all the same; what is wrong with the connection is shown elsewhere.
    }
  }
}

// Several processes tell of theirs in turn: what comes together is put in the order of its answers.
const byEnd = (one, other) => endOf(one) - endOf(other);
const endOf = ({ time, milliseconds }) => Date.parse(time) + milliseconds;

const lineOf = ({ method, path, query, status, operation = "", reason = "", fault = "" }) =>
  `${method} ${path}?${query} ${status} ${operation} ${fault && `fault: ${fault}`} ${reason}`.toLowerCase();
