/**
 * `tls { }`: certificate and key from files, so that the server speaks HTTPS.
 */
import { readFileSync } from "node:fs";
import { SetupError } from "./http_features.js";

/**
 * @param {{ cert: string, key: string, ca?: string, passphrase?: string }} options paths of PEM
 *     files, from the folder that the server is started in
 * @returns {import("./http_features.js").Feature}
 */
export function tls({ cert, key, ca, passphrase }) {
  const settings = { cert: contents("cert", cert), key: contents("key", key), passphrase };
  if (ca !== undefined) settings.ca = contents("ca", ca);
  return { name: "tls", settings: { tls: settings } };
}

function contents(option, path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SetupError(`tls: the file of \`${option}\` cannot be read: ${path} (${error.code ?? error.message})`);
  }
}
