import { createSignal, mount, tova_el, fragment } from "./runtime/reactivity.js";

const [view, setView] = createSignal("login");

const preferences = (() => {
  const [theme, setTheme] = createSignal("light");
  const [user, setUser] = createSignal({ name: "", mail: "" });

  return {
    get theme() { return theme(); },
    set theme(value) { setTheme(value); },
    get user() { return user(); },
    set user(value) { setUser(value); },
  };
})();

function Login() {
  return tova_el("p", {}, () => preferences.theme);
}

function App() {
  return fragment(tova_el("h1", {}, "Title"), () => {
    const subject = view();
    if (subject === "login") {
      return Login();
    } else {
      return tova_el("p", {}, () => preferences.user.name);
    }
  });
}

mount(App, document.getElementById("app"));
