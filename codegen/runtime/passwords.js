/**
 * Passwords as they are kept: Argon2id with a salt of its own, in the text that other programs use
 * too. Hashing takes tens of milliseconds by intention, and does not hold up other requests.
 */
import { HttpError } from "./http_errors.js";

/** Longer ones are no passwords, and cost time. */
const MAX_LENGTH = 1024;

const isPassword = (password) => typeof password === "string" && password !== "" && password.length <= MAX_LENGTH;

/** @param {string} password @returns {Promise<string>} @throws {HttpError} 400 for what is no password */
export async function hash_password(password) {
  if (!isPassword(password)) throw new HttpError(400, "Validation failed", ["password must be a string of 1 to 1024 characters"]);
  return Bun.password.hash(password, "argon2id");
}

/** @param {string} password @param {string} hash that hash_password or bcrypt made @returns {Promise<boolean>} false for anything else */
export async function verify_password(password, hash) {
  if (!isPassword(password) || typeof hash !== "string") return false;
  return Bun.password.verify(password, hash).catch(() => false);
}
