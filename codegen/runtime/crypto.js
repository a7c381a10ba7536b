/**
 * `crypto`: hashes, signatures, passwords, encryption, and what Web Crypto offers under the same name.
 * Texts are UTF-8; hashes are hexadecimal. Passwords are kept by scrypt, texts encrypted by
 * AES-256-GCM with a key that scrypt makes of the given one.
 */
import {
  createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomInt, scryptSync, timingSafeEqual,
} from "node:crypto";
import { tryFn } from "./outcomes.js";

const bytesOf = (data) => (typeof data === "string" ? Buffer.from(data, "utf8") : Buffer.from(data));
const hash = (algorithm) => (data) => createHash(algorithm).update(bytesOf(data)).digest("hex");

const hmac = (algorithm, key, data) => createHmac(algorithm, bytesOf(key)).update(bytesOf(data)).digest("hex");

/** In a time that depends on the length alone. */
function constantTimeEqual(a, b) {
  const digest = (value) => createHash("sha256").update(bytesOf(value)).digest();
  return timingSafeEqual(digest(a), digest(b)) && bytesOf(a).length === bytesOf(b).length;
}

/** The cost of scrypt: 16 MiB and some tens of milliseconds. It is stored with each password, so it may change. */
const COST = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** @returns Ok of "scrypt$N$r$p$salt$hash" */
function hashPassword(password) {
  return tryFn(() => {
    const salt = randomBytes(SALT_BYTES);
    const key = scryptSync(password, salt, KEY_BYTES, COST);
    return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join("$");
  });
}

/** false for what hashPassword did not make. */
function verifyPassword(password, stored) {
  const [kind, N, r, p, salt, key] = String(stored).split("$");
  if (kind !== "scrypt" || !key) return false;
  const expected = Buffer.from(key, "base64");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const made = tryFn(() => scryptSync(password, Buffer.from(salt, "base64"), expected.length, cost));
  return made.isOk() && timingSafeEqual(made.unwrap(), expected);
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

const keyOf = (key, salt) => scryptSync(bytesOf(key), salt, KEY_BYTES, COST);

/** @returns Ok of Base64: salt, initial vector, authentication tag, encrypted text */
function encrypt(text, key) {
  return tryFn(() => {
    const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
    const cipher = createCipheriv("aes-256-gcm", keyOf(key, salt), iv);
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([salt, iv, cipher.getAuthTag(), body]).toString("base64");
  });
}

function decrypt(text, key) {
  return tryFn(() => {
    const data = Buffer.from(text, "base64");
    if (data.length < SALT_BYTES + IV_BYTES + TAG_BYTES) throw new Error("this is no encrypted text");
    const part = (start, size) => data.subarray(start, size === undefined ? undefined : start + size);
    const decipher = createDecipheriv("aes-256-gcm", keyOf(key, part(0, SALT_BYTES)), part(SALT_BYTES, IV_BYTES));
    decipher.setAuthTag(part(SALT_BYTES + IV_BYTES, TAG_BYTES));
    return Buffer.concat([decipher.update(part(SALT_BYTES + IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  }).mapErr(() => "the text cannot be decrypted with this key");
}

const own = {
  sha256: hash("sha256"),
  sha512: hash("sha512"),
  hmac,
  encrypt,
  decrypt,
  randomBytes: (n) => new Uint8Array(randomBytes(n)),
  randomInt: (low, high) => randomInt(low, high + 1),
  hashPassword,
  verifyPassword,
  constantTimeEqual,
};

const older = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const crypto = Object.freeze({
  subtle: globalThis.crypto.subtle,
  randomUUID: () => globalThis.crypto.randomUUID(),
  getRandomValues: (array) => globalThis.crypto.getRandomValues(array),
  ...own,
  ...Object.fromEntries(Object.entries(own).map(([name, f]) => [older(name), f])),
});
