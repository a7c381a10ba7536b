import { pairs } from "./runtime/operators.js";
import { createSignal, mount, tova_el } from "./runtime/reactivity.js";
import { keyed } from "./runtime/dom_lists.js";
import { len, map } from "./runtime/core.js";

const [users, setUsers] = createSignal([]);
const [mode, setMode] = createSignal("list");
const [busy, setBusy] = createSignal(false);

function Row(props) {
  return tova_el("li", {}, () => props.user.name);
}

function App() {
  return tova_el("div", {},
    () =>
      busy()
        ? tova_el("p", {}, "Wait")
        : mode() === "list"
          ? tova_el("ul", {},
            () => users().map((user) =>
              user.active ? Row({ user }) : tova_el("li", { class: "off" }, () => user.name),
            ),
          )
          : [tova_el("b", {}, "Nothing"), tova_el("i", {}, "at all")],
    () => pairs(users()).map(([i, user]) => tova_el("p", {}, () => `${i}: ${user.name}`)),
    keyed(users, (user) => user.id, (user) => tova_el("p", {}, () => user().name)),
    keyed(users, (user, i) => user.id, (user, i) =>
      tova_el("p", {}, () => `${i() + 1}: ${user().name}`),
    ),
    keyed(users, (user, _) => user.id, (user, _2) => tova_el("p", {}, () => user().name)),
    keyed(users, ({ id, name: shown }) => id, (item) =>
      tova_el("p", { class: item().id }, () => item().name),
    ),
    keyed(users, ([first, { deep }]) => first, (item2) =>
      tova_el("p", {}, () => `${item2()[0]} ${item2()[1].deep}`),
    ),
    keyed(users, ({ id, done = false, ...others }) => id, (item3) => tova_el("p", {},
      () => `${(({ id, done = false, ...others }) => done)(item3())} ${len((({
        id,
        done = false,
        ...others
      }) => others)(item3()))}`,
    )),
    [["a", 1]].map(([name, age]) => tova_el("p", {}, () => `${name} ${age}`)),
    () => {
      const subject = mode();
      if (subject === "list") {
        return tova_el("p", {}, "List");
      } else if (subject === "grid") {
        return "Grid";
      } else {
        const other = subject;
        return tova_el("p", {}, () => `Unknown ${other}`);
      }
    },
    () => (busy() ? "busy" : "idle"),
    () => (mode() === "list" ? 1 : 2),
    () => map(users(), (u) => tova_el("i", {}, () => u.name)),
    () => busy() && tova_el("span", {}, "Busy"),
  );
}

mount(App, document.getElementById("app"));
