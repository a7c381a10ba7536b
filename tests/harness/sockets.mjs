// A WebSocket client for the suites: it keeps what arrives, and a test takes one message at a time.
import WebSocket from "ws";
import { until } from "./program.mjs";

/**
 * Opens a socket to a server of an application, as a page of that application would.
 * @param {{ after(cleanup: () => unknown): void }} t closes the socket when over
 */
export function openSocket(t, app, server, path) {
  const url = app.url(path, server).replace("http:", "ws:");
  const socket = new WebSocket(url, { origin: app.url("", server) });
  t.after(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(new Client(socket)));
    socket.once("error", reject);
  });
}

class Client {
  received = [];

  constructor(socket) {
    this.socket = socket;
    socket.on("message", (data) => this.received.push(JSON.parse(String(data))));
  }

  /** Sends a value as JSON. */
  send(value) {
    this.socket.send(JSON.stringify(value));
  }

  /** The next message that was not taken yet, waiting for it. */
  async next() {
    await until("a message on the socket", () => this.received.length > 0);
    return this.received.shift();
  }

  /** Closes in good order and waits until the other side has agreed. */
  close() {
    return new Promise((resolve) => {
      this.socket.once("close", resolve);
      this.socket.close();
    });
  }
}
