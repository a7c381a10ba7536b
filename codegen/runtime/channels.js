/**
 * Channel: a queue between tasks. A sender waits while the queue is full (at once where it has no
 * room at all), a receiver while it is empty.
 */
import { callable } from "./callable.js";
import { None, Some } from "./result.js";

class ChannelValue {
  #room;
  #values = [];
  /** @type {{ value: any, resolve: () => void, reject: (error: Error) => void }[]} */
  #senders = [];
  /** @type {((value: any) => void)[]} */
  #receivers = [];
  #closed = false;
  /** @type {Set<() => void>} */
  #watchers = new Set();

  /** @param {number} [capacity] how many values wait without a receiver */
  constructor(capacity = 0) {
    this.#room = capacity;
  }

  /** @returns {Promise<void>} when a receiver, or the queue, has taken the value */
  send(value) {
    if (this.#closed) return Promise.reject(new Error("Cannot send on closed channel"));
    if (this.trySend(value)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#senders.push({ value, resolve, reject });
      this.#tell();
    });
  }

  /** Without waiting. @returns {boolean} whether the value was taken */
  trySend(value) {
    if (this.#closed) return false;
    const receiver = this.#receivers.shift();
    if (receiver !== undefined) receiver(Some(value));
    else if (this.#values.length < this.#room) this.#values.push(value);
    else return false;
    this.#tell();
    return true;
  }

  /** @returns {Promise<any>} Some of a value, or None when the channel is closed and empty */
  receive() {
    const value = this.tryReceive();
    if (value.isSome() || this.#closed) return Promise.resolve(value);
    return new Promise((resolve) => {
      this.#receivers.push(resolve);
      this.#tell();
    });
  }

  /** Without waiting: Some of a value, or None. */
  tryReceive() {
    const sender = this.#senders.shift();
    if (sender !== undefined) {
      this.#values.push(sender.value);
      sender.resolve();
    }
    if (this.#values.length === 0) return None;
    const value = Some(this.#values.shift());
    this.#tell();
    return value;
  }

  /** Whether nothing more can be sent. */
  get closed() {
    return this.#closed;
  }

  /** Values that wait can still be received; senders that wait are told that it is too late. */
  close() {
    this.#closed = true;
    for (const resolve of this.#receivers.splice(0)) resolve(None);
    for (const { reject } of this.#senders.splice(0)) reject(new Error("Cannot send on closed channel"));
    this.#tell();
  }

  /**
   * Calls `changed` whenever a value may be there, room may be there, or the channel closes.
   * @param {() => void} changed
   * @returns {() => void} ends that
   */
  watch(changed) {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  #tell() {
    for (const changed of [...this.#watchers]) changed();
  }

  async *[Symbol.asyncIterator]() {
    for (let value = await this.receive(); value.isSome(); value = await this.receive()) yield value.unwrap();
  }
}

Object.defineProperty(ChannelValue, "name", { value: "Channel" });

export const Channel = callable(ChannelValue);
