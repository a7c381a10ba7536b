// `tova lsp` as bytes over its standard streams: everything that no client library would do, and what has to come back.
import "./framing.mjs";
import "./messages.mjs";
import "./texts.mjs";
import "./lanes.mjs";
import "./clients.mjs";
import "./conversation.mjs";
import "./indexing.mjs";
