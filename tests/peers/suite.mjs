// Several servers of one program, each a process of its own under Bun: calls between them, events,
// and what happens when one of them goes away.
import "./calls.mjs";
import "./events.mjs";
import "./restart.mjs";
