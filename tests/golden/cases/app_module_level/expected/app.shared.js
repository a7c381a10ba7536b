// Seen from everywhere.
export const VERSION = "1.0";

export function tag(text) {
  return `[${VERSION}] ${text}`;
}
