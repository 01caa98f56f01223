// The mock's own interface, as its contract at openapi.json describes it.

/** An answer that refuses: `errors` are the violations, each with its place. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.errors = problem.errors || [];
  }
}

/** Whole numbers that JavaScript cannot hold stay as they are written. */
function exact(_key, value, context) {
  const isLost = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isLost && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
}

export const isRaw = (value) => Boolean(JSON.isRawJSON?.(value));

/** What the interface answers, parsed; null where the answer has no content. Throws Refused. */
export async function ask(method, parts, { query = {}, body } = {}) {
  const path = parts.map((part) => encodeURIComponent(part)).join("/");
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  const answer = await fetch(`${path}${asked.size ? `?${asked}` : ""}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const read = text ? parsed(text) : null;
  if (!answer.ok) throw new Refused(read || { status: answer.status, title: answer.statusText });
  return read;
}

function parsed(text) {
  try {
    return JSON.parse(text, exact);
  } catch {
    return null;
  }
}

export const getContract = () => ask("GET", ["contract"]);
export const getRule = (pointer, around = 4) => ask("GET", ["rule"], { query: { pointer: pointer || "/", around } });

export const listExchanges = (query) => ask("GET", ["journal"], { query });
export const getExchange = (id) => ask("GET", ["journal", id]);
export const clearJournal = () => ask("DELETE", ["journal"]);

export const listWorlds = () => ask("GET", ["worlds"]);
export const createWorld = (body) => ask("POST", ["worlds"], { body });
export const resetWorld = (world) => ask("POST", ["worlds", world, "reset"]);
export const deleteWorld = (world) => ask("DELETE", ["worlds", world]);

export const listResources = (world) => ask("GET", ["worlds", world, "state"]);
export const listItems = (world, resource) => ask("GET", ["worlds", world, "state", resource]);
export const replaceItems = (world, resource, items) =>
  ask("PUT", ["worlds", world, "state", resource], { body: { items } });
export const putItem = (world, resource, id, body) =>
  ask("PUT", ["worlds", world, "state", resource, id], { body });
export const deleteItem = (world, resource, id) => ask("DELETE", ["worlds", world, "state", resource, id]);

export const listSnapshots = (world) => ask("GET", ["worlds", world, "snapshots"]);
export const saveSnapshot = (world, name) => ask("PUT", ["worlds", world, "snapshots", name]);
export const restoreSnapshot = (world, name) => ask("POST", ["worlds", world, "snapshots", name, "restore"]);
export const deleteSnapshot = (world, name) => ask("DELETE", ["worlds", world, "snapshots", name]);

export const listOverrides = (world) => ask("GET", ["worlds", world, "overrides"]);
export const createOverride = (world, body) => ask("POST", ["worlds", world, "overrides"], { body });
export const deleteOverride = (world, id) => ask("DELETE", ["worlds", world, "overrides", id]);
export const clearOverrides = (world) => ask("DELETE", ["worlds", world, "overrides"]);

/** Where the faults of a world are, or those of all worlds: null. */
const faultsOf = (world) => (world === null ? ["faults"] : ["worlds", world, "faults"]);

export const listFaults = (world) => ask("GET", faultsOf(world));
export const createFault = (world, body) => ask("POST", faultsOf(world), { body });
export const switchFault = (world, id, on) => ask("PATCH", [...faultsOf(world), id], { body: { on } });
export const deleteFault = (world, id) => ask("DELETE", [...faultsOf(world), id]);
export const clearFaults = (world) => ask("DELETE", faultsOf(world));

export const listScenarios = (world) => ask("GET", ["worlds", world, "scenarios"]);
export const switchScenario = (world, name, body) => ask("PATCH", ["worlds", world, "scenarios", name], { body });
export const resetScenario = (world, name) => ask("POST", ["worlds", world, "scenarios", name, "reset"]);
export const clearScenarios = (world) => ask("DELETE", ["worlds", world, "scenarios"]);
