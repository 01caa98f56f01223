// An exchange's request as a command for a shell.

const NOT_SENT = new Set(["host", "content-length", "connection", "transfer-encoding", "accept-encoding"]);

const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The headers that somebody chose; the world of the exchange is one, unless it is the default one. */
export function chosenHeaders({ request, world }) {
  const chosen = request.headers.filter(({ name }) => !NOT_SENT.has(name.toLowerCase()));
  const isNamed = chosen.some(({ name }) => name.toLowerCase() === "x-accord-world");
  return world === "default" || isNamed ? chosen : [...chosen, { name: "x-accord-world", value: world }];
}

/** The URL that the request is for, at the mock that serves this page. */
export const urlOf = ({ path, query }) => `${location.origin}${path}${query ? `?${query}` : ""}`;

/** The command. What the journal has cut or redacted is in it as it is there. */
export function curlOf(exchange) {
  const { request } = exchange;
  const { body } = request;
  const words = ["curl"];
  if (request.method === "HEAD") words.push("--head");
  else if (request.method !== "GET" || body.size) words.push("-X", quoted(request.method));
  const url = urlOf(request);
  if (/[{}[\]]/.test(url)) words.push("--globoff");
  if (/\/\.\.?(\/|\?|$)/.test(url)) words.push("--path-as-is");
  words.push(quoted(url));
  for (const { name, value } of chosenHeaders(exchange)) {
    words.push("-H", quoted(value ? `${name}: ${value}` : `${name};`));
  }
  if (body.base64) return `printf %s ${body.base64} | base64 -d | ${words.join(" ")} --data-binary @-`;
  if (body.text) words.push("--data-raw", quoted(body.text));
  return words.join(" ");
}
