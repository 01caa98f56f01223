// A long list of which only what can be seen is in the page.

const SPARE = 8; // rows above and below what can be seen

/**
 * Rows of one height in a scrolling listbox. `make` gives an empty row, `draw` writes an entry into one, and
 * `choose` is told of the entry that is selected. Entries are held by number: `at(index)` is asked for each.
 */
export class Rows {
  constructor(holder, { height, make, draw, choose }) {
    Object.assign(this, { holder, height, make, draw, choose });
    this.count = 0;
    this.selected = -1;
    this.pool = [];
    this.space = document.createElement("div");
    this.space.className = "space";
    this.space.setAttribute("role", "presentation");
    holder.append(this.space);
    holder.addEventListener("scroll", () => this.#later(), { passive: true });
    holder.addEventListener("keydown", (event) => this.#key(event));
    holder.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#later()).observe(holder);
  }

  /** Shows so many entries. `shift` entries came in above those that can be seen, which stay in place. */
  show(count, at, { selected = -1, shift = 0 } = {}) {
    const { holder, height } = this;
    const wasAtEnd = holder.scrollTop + holder.clientHeight >= this.count * height - height;
    Object.assign(this, { count, at, selected });
    this.space.style.height = `${count * height}px`;
    if (shift && holder.scrollTop > 0) holder.scrollTop += shift * height;
    this.#render();
    return wasAtEnd;
  }

  /** Selects an entry, and scrolls to it. */
  select(index) {
    if (index < 0 || index >= this.count) return;
    this.selected = index;
    this.reveal(index);
    this.#render();
    this.choose(this.at(index), index);
  }

  reveal(index) {
    const { holder, height } = this;
    const top = index * height;
    if (top < holder.scrollTop) holder.scrollTop = top;
    else if (top + height > holder.scrollTop + holder.clientHeight) {
      holder.scrollTop = top + height - holder.clientHeight;
    }
  }

  #later() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.#render();
    });
  }

  #render() {
    const { holder, height, count } = this;
    const first = Math.max(0, Math.floor(holder.scrollTop / height) - SPARE);
    const last = Math.min(count, Math.ceil((holder.scrollTop + holder.clientHeight) / height) + SPARE);
    this.#grow(last - first);
    const unused = new Set(this.pool);
    for (let index = first; index < last; index += 1) {
      // An index keeps its row while it can be seen, so that scrolling draws what is new alone.
      const row = this.pool[index % this.pool.length];
      unused.delete(row);
      this.#place(row, index);
    }
    for (const row of unused) row.hidden = true;
    const active = this.selected >= first && this.selected < last ? this.selected : -1;
    if (active < 0) holder.removeAttribute("aria-activedescendant");
    else holder.setAttribute("aria-activedescendant", this.pool[active % this.pool.length].id);
  }

  #grow(size) {
    while (this.pool.length < size) {
      const row = this.make();
      row.id = `${this.holder.id}-${this.pool.length}`;
      row.setAttribute("role", "option");
      this.pool.push(row);
      this.space.append(row);
    }
  }

  #place(row, index) {
    const entry = this.at(index);
    row.hidden = false;
    row.style.transform = `translateY(${index * this.height}px)`;
    row.dataset.index = index;
    row.setAttribute("aria-posinset", index + 1);
    row.setAttribute("aria-setsize", this.count);
    row.setAttribute("aria-selected", index === this.selected);
    if (row.entry !== entry) {
      row.entry = entry;
      this.draw(row, entry);
    }
  }

  #click(event) {
    const row = event.target.closest("[data-index]");
    if (row) this.select(Number(row.dataset.index));
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.holder.clientHeight / this.height) - 1);
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || !this.count) return;
    event.preventDefault();
    this.select(Math.min(this.count - 1, Math.max(0, this.selected + step)));
  }
}
