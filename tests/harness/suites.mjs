// The table of the suites that ./test runs beside meson's, in this order.
//   file       the module that declares the tests, relative to tests/
//   folder     instead of file: a folder of tests for Bun's own runner
//   sanitize   ./test --sanitize runs it too, against the sanitized program
//   threads    only ./test --sanitize runs it, against the program built with ThreadSanitizer
//   apart      runs only when it is named, or with ./test --editors: it takes long and wants much of a machine
//   about      what it shows, for --list

/** @type {{ name: string, file?: string, folder?: string, sanitize?: boolean, threads?: boolean, apart?: boolean, about: string }[]} */
export const suites = [
  { name: "lint", file: "lint/suite.mjs", about: "rules that hold over the files of the repository" },
  { name: "setup", file: "setup/suite.mjs", about: "./tova and ./test on machines that lack something" },
  { name: "runtime", folder: "runtime", about: "the JavaScript that emitted programs import, in Bun" },
  { name: "emitted", file: "golden/suite.mjs", about: "what the golden cases expect: valid JavaScript that holds what it asserts" },
  { name: "run", file: "run/suite.mjs", about: "programs that say what they print: compiled, and run in one Bun process" },
  { name: "generated", file: "fuzz/suite.mjs", about: "generated programs: what has no error becomes JavaScript that parses" },
  { name: "seeds", file: "seeds/suite.mjs", about: "the programs of the seed documents: parsed, built, run" },
  { name: "peers", file: "peers/suite.mjs", about: "servers that call each other and tell of events, one of them killed under load" },
  { name: "examples", file: "examples/suite.mjs", about: "the applications of examples/, asked over HTTP" },
  { name: "attacks", file: "attacks/suite.mjs", about: "attacks on an emitted server: what it answers, and that it lives" },
  { name: "commands", file: "commands/suite.mjs", sanitize: true, about: "the commands from the outside: what they print, write, start and leave" },
  { name: "lsp_client", file: "lsp_client/suite.mjs", sanitize: true, about: "an editor's session through a real client library" },
  { name: "protocol", file: "protocol/suite.mjs", sanitize: true, about: "the daemon as bytes: abuse of the protocol, order, cancelling" },
  { name: "threads", file: "threads/suite.mjs", threads: true, about: "a conversation and the indexing under ThreadSanitizer (./test --sanitize)" },
  { name: "browser", file: "browser/suite.mjs", about: "the applications in headless Chromium" },
  { name: "textmate", file: "editors/textmate.mjs", about: "the TextMate grammar by its real engine: marked sources, and every example" },
  { name: "install", file: "install/suite.mjs", apart: true, about: "what `meson install` and the release put on a machine, in the programs that read it" },
  { name: "editors", file: "editors/suite.mjs", apart: true, about: "the plugins of editors/ in real editors (./test --editors)" },
];
