import { createSignal, createEffect, mount, tova_el } from "./runtime/reactivity.js";
import { rpc } from "./runtime/rpc.js";
import { map } from "./runtime/core.js";

const owners = { __proto__: null, jobs: "jobs", job: "jobs", start: "jobs", announce: "notices" };

const server = new Proxy({}, {
  get(_, name) { return (...args) => rpc(name, args, owners[name]); },
});

const [jobs, setJobs] = createSignal([]);
const [notices, setNotices] = createSignal([]);
const [online, setOnline] = createSignal(false);

createEffect(async () => {
  const found = await server.jobs();
  setJobs(found);
});

createEffect(() => {
  const ws = new WebSocket("ws://localhost:3001/notices");

  ws.onopen = () => setOnline(true);

  ws.onmessage = (e) => {
    const notice = JSON.parse(e.data);
    setNotices([notice, ...notices()]);
  };

  ws.onclose = () => setOnline(false);
});

function JobRow(props) {
  return tova_el("li", {}, () => `${props.job.title}: ${props.job.state}`);
}

function Jobs() {
  return tova_el("section", { class: "jobs" },
    tova_el("h2", {}, "Jobs"),
    tova_el("ul", {}, () => map(jobs(), (job) => JobRow({ job }))),
  );
}

function Notices() {
  return tova_el("section", { class: "notices" },
    tova_el("p", {}, () => (online() ? "Online" : "Offline")),
    tova_el("ul", {},
      () => map(notices(), (notice) => tova_el("li", {}, () => `[${notice.level}] ${notice.text}`)),
    ),
  );
}

function App() {
  return tova_el("div", { class: "board" },
    tova_el("header", {}, tova_el("h1", {}, "Board")),
    Jobs(),
    Notices(),
  );
}

mount(App, document.getElementById("app"));
