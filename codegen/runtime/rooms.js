/**
 * Sockets by room, for all of a process: who is connected, who is in which room, and messages to them.
 * A socket leaves its rooms when it closes; a room without sockets is none. What a socket is, is in
 * sockets.js.
 */

/** Rooms of one socket; more come from a client that makes up names. */
const MAX_ROOMS = 1000;

const connected = new Set();
const rooms = new Map(); // name -> set of sockets
const roomsOf = new Map(); // socket -> set of names

export function enter(socket) {
  connected.add(socket);
}

/** The end of a connection. */
export function exit(socket) {
  connected.delete(socket);
  for (const room of roomsOf.get(socket) ?? []) forget(room, socket);
  roomsOf.delete(socket);
}

function forget(room, socket) {
  const members = rooms.get(room);
  members?.delete(socket);
  if (members?.size === 0) rooms.delete(room);
}

/** @param {import("./sockets.js").Socket} socket nothing happens where it is closed @param {string} room */
export function joinRoom(socket, room) {
  if (!connected.has(socket)) return;
  const name = String(room);
  const own = roomsOf.get(socket) ?? new Set();
  if (own.has(name)) return;
  if (own.size >= MAX_ROOMS) throw new RangeError(`a socket is in at most ${MAX_ROOMS} rooms`);
  roomsOf.set(socket, own.add(name));
  if (!rooms.has(name)) rooms.set(name, new Set());
  rooms.get(name).add(socket);
}

/** @param {import("./sockets.js").Socket} socket @param {string} room */
export function leave(socket, room) {
  const name = String(room);
  if (roomsOf.get(socket)?.delete(name)) forget(name, socket);
}

/** @param {any} data as send takes it @param {any} [except] a socket that does not get it @returns {number} how many do */
export const broadcast = (data, except) => sendTo(connected, data, except);

/** @param {string} room @param {any} data @param {any} [except] @returns {number} how many sockets get it */
export const broadcast_to = (room, data, except) => sendTo(rooms.get(String(room)) ?? [], data, except);

/** Turned into text once, whoever gets it. */
function sendTo(sockets, data, except) {
  const payload = payloadOf(data);
  let count = 0;
  for (const socket of [...sockets]) {
    if (socket === except) continue;
    socket.send(payload);
    count++;
  }
  return count;
}

/** Text as it is, bytes as bytes, anything else as JSON. */
export function payloadOf(data) {
  const plain = typeof data === "string" || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
  return plain ? data : JSON.stringify(data ?? null);
}
