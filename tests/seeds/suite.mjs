// The programs of the seed documents, unchanged: that their code parses, and that the two whole
// programs do what the documents say, asked over HTTP and WebSocket. What a person sees of them in
// a browser is tests/browser.
import "./syntax.mjs";
import "./outputs.mjs";
import "./fragments.mjs";
import "./rpc_server.mjs";
import "./rpc_calls.mjs";
import "./csrf.mjs";
import "./multi_server.mjs";
