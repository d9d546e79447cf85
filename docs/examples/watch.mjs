// A Watchfloor client in one file, written from docs/PROTOCOL.md alone: it signs in, joins a dashboard, prints every
// revision and every live sample, and with --title renames the dashboard.
//
//   PASSWORD=... node watch.mjs http://127.0.0.1:7470 admin [--dashboard NAME] [--title TEXT] [--seconds N]
//
// Needs Node 22 or newer, or an older one with the package "ws" (npm install ws).

import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

const { values: options, positionals: [server, name] } = parseArgs({
  allowPositionals: true,
  options: {
    dashboard: { type: "string", default: "This machine" },
    title: { type: "string" },
    seconds: { type: "string" },
  },
});
if (!server || !name || !process.env.PASSWORD) {
  console.error("Usage: PASSWORD=... node watch.mjs SERVER NAME [--dashboard NAME] [--title TEXT] [--seconds N]");
  process.exit(2);
}

// --- REST: sign in, find the dashboard ---

async function rest(method, path, body, token) {
  const answer = await fetch(server + "/api/v1" + path, {
    method,
    headers: { ...(body && { "Content-Type": "application/json" }), ...(token && { Authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${told.detail}`);
  return told;
}

let tokens = await rest("POST", "/sign-in", { name, password: process.env.PASSWORD });
const { dashboards } = await rest("GET", "/dashboards", undefined, tokens.accessToken);
const dashboard = dashboards.find((each) => each.title === options.dashboard);
if (!dashboard) throw new Error(`There is no dashboard "${options.dashboard}".`);

// --- the document: per element and property the assignment with the greatest stamp ---

const DASHBOARD = "AAAAAAAAAAA";
const registers = new Map(); // "element property" -> assignment
const texts = new Map(); // "element property" -> long text
const clock = { wall: 0, counter: 0 };
let revision = 0;

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function apply(assignment) {
  const { element, property, stamp } = assignment;
  const standing = registers.get(`${element} ${property}`);
  if (!standing || compare(standing.stamp, stamp) < 0) registers.set(`${element} ${property}`, assignment);
  if (stamp[0] > clock.wall) [clock.wall, clock.counter] = stamp;
  else if (stamp[0] === clock.wall) clock.counter = Math.max(clock.counter, stamp[1]);
}

function type({ element, property, delta }) {
  const before = texts.get(`${element} ${property}`) ?? "";
  let at = 0, after = "";
  for (const part of delta) {
    if (typeof part === "string") after += part;
    else if (part > 0) after += before.slice(at, (at += part));
    else at -= part;
  }
  texts.set(`${element} ${property}`, after + before.slice(at));
}

function nextStamp(replica) {
  const now = Date.now() + serverOffset;
  if (now > clock.wall) [clock.wall, clock.counter] = [now, 0];
  else clock.counter += clock.counter % 2 === 0 ? 2 : 1; // odd ones are the server's
  return [clock.wall, clock.counter, replica];
}

const get = (element, property) => registers.get(`${element} ${property}`)?.value;
const shown = (element) => element === DASHBOARD || (get(element, "exists") === true && shown(get(element, "parent")));

function queries() {
  const found = new Map();
  for (const { element, property, value } of registers.values()) {
    if (property === "query" && value && shown(element)) found.set(JSON.stringify(value), value);
  }
  return found;
}

// --- the session ---

const WebSocket = globalThis.WebSocket ?? (await import("ws")).default;
const socket = new WebSocket(server.replace(/^http/, "ws") + "/api/v1/ws", ["watchfloor.v1.json"]);
const send = (message) => socket.send(JSON.stringify(message));
const replicaId = randomUUID();
const watched = new Set();
const series = new Map(); // number -> name and labels
let serverOffset = 0;
let room, replica, highWater, position = 0, pings = 0, watches = 0;

function watchNewQueries(all) {
  for (const [key, query] of queries()) {
    if (all || !watched.has(key)) {
      watched.add(key);
      send({ type: "watch", room, watch: ++watches, query, from: Date.now() + serverOffset - 10_000, points: 100 });
    }
  }
}

function take(entry) {
  if (entry.revision <= revision) return;
  if (entry.revision !== revision + 1) {
    send({ type: "join", dashboard: dashboard.id, replica: replicaId, epoch, revision });
    return;
  }
  revision = entry.revision;
  for (const operation of entry.operations) {
    const { element, property } = operation;
    (operation.type === "textEdit" ? type : apply)(operation);
    const value = operation.value ?? texts.get(`${element} ${property}`);
    console.log(`revision ${revision} by ${entry.author}: ${element} ${property} = ${JSON.stringify(value)}`);
    if (property === "query") watched.delete(JSON.stringify(value));
  }
  if (entry.replica === replica) console.log(`push ${entry.clientSeq} is durable`);
}

const label = ({ name, labels }) =>
  name + "{" + Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(", ") + "}";
const print = (number, time, value) =>
  console.log(`${new Date(time).toISOString()} ${series.has(number) ? label(series.get(number)) : number} ${value}`);

let epoch;
const handlers = {
  welcome(message) {
    serverOffset = message.serverTime - Date.now();
    console.log(`signed in as ${message.account} (${message.role}) at ${message.instance}, server ${message.server}`);
    send({ type: "join", dashboard: dashboard.id, replica: replicaId, revision: 0 });
    setInterval(() => send({ type: "ping", id: ++pings }), 5_000);
    renewInTime();
  },
  joined(message) {
    ({ room, replica, epoch, highWater } = message);
    if (message.snapshot) {
      registers.clear();
      message.snapshot.assignments.forEach(apply);
      texts.clear();
      for (const { element, property, content } of message.snapshot.texts ?? []) {
        texts.set(`${element} ${property}`, content);
      }
      revision = message.snapshot.revision;
    }
    message.entries.forEach(take);
    console.log(`joined "${get(DASHBOARD, "title")}" at revision ${revision} as replica ${replica}: ${message.right}`);
    watchNewQueries(true);
    if (options.title !== undefined && highWater === 0) {
      const operation = { type: "assignment", element: DASHBOARD, property: "title", value: options.title };
      send({ type: "push", room, clientSeq: 1, operations: [{ ...operation, stamp: nextStamp(replica) }] });
    }
  },
  notJoined: (message) => fail(message.text),
  committed(message) {
    take(message.entry);
    watchNewQueries(false);
  },
  rejected: (message) => console.log(`push ${message.clientSeq} was refused: ${message.text} (${message.code})`),
  history({ result }) {
    if (result.type === "table") return printTable(result);
    for (const line of result.lines) {
      series.set(line.number, line.key);
      console.log(`${label(line.key)}: ${line.times.length} samples of the last 10 s`);
    }
  },
  tick(message) {
    for (const { number, key } of message.series) series.set(number, key);
    const { base, series: numbers, offsets, values } = message.samples;
    numbers.forEach((number, i) => print(number, base + offsets[i], values[i] ?? NaN));
    message.tables.forEach(({ table }) => printTable(table));
    if (position > 0 && message.position > position + 1) watchNewQueries(true);
    position = message.position;
  },
  lagged(message) {
    position = message.to;
    watchNewQueries(true);
  },
  people: (message) => console.log("here:", message.people.map((person) => person.account).join(", ")),
  seen(message) {
    for (const { session, presence } of message.sights) console.log(`${session} shows ${JSON.stringify(presence)}`);
  },
  granted: (message) => console.log("right:", message.right),
  beat: (message) => console.log(`beat: revision ${message.revision}, hash ${message.hash}`),
  failed: (message) => console.log(`failed: ${message.text} (${message.code})`),
  closing: (message) => console.log(`closing: ${message.text} (${message.code})`),
};

function printTable(table) {
  console.log(table.columns.map((column) => column.name).join(" | "));
  for (const row of table.rows.slice(0, 3)) console.log("  " + row.join(" | "));
}

function renewInTime() {
  setTimeout(async () => {
    tokens = await rest("POST", "/tokens", { refreshToken: tokens.refreshToken });
    send({ type: "renew", token: tokens.accessToken });
    renewInTime();
  }, Math.max(1_000, tokens.accessExpiresAt - (Date.now() + serverOffset) - 45_000));
}

function fail(text) {
  console.error(text);
  process.exit(1);
}

socket.onopen = () => send({ type: "hello", version: 1, client: "watch.mjs", features: [], token: tokens.accessToken });
socket.onmessage = (event) => {
  for (const line of event.data.split("\n")) {
    const message = JSON.parse(line);
    handlers[message.type]?.(message); // what one does not know is ignored
  }
};
socket.onerror = (event) => console.error("connection:", event.message ?? "failed");
socket.onclose = (event) => fail(`The connection is closed (code ${event.code}).`);
if (options.seconds) setTimeout(() => process.exit(0), options.seconds * 1_000);
