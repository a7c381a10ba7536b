/**
 * Whether what goes to a stream may have colours, by the same rule as those of `tova` itself. It
 * colours nothing.
 */

/**
 * FORCE_COLOR says yes (0: no), NO_COLOR says no; else only a terminal that is not "dumb" has colours. A page is none.
 * @param {"stdout" | "stderr"} stream
 */
export function wantsColour(stream) {
  const { env, [stream]: output } = globalThis.process ?? {};
  const { FORCE_COLOR, NO_COLOR, TERM } = env ?? {};
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return !NO_COLOR && Boolean(output?.isTTY) && (TERM ?? "dumb") !== "dumb";
}
