import { tip } from "./app.shared.js";
import { createSignal, mount, tova_el, fragment, on } from "./runtime/reactivity.js";
import { onMount, onCleanup } from "./runtime/scopes.js";
import { action } from "./runtime/actions.js";
import { slide, fade, scale, animation } from "./runtime/animations.js";
import { useFont } from "./runtime/fonts.js";
import { fade as fade_, enter, fly, leave, transition } from "./runtime/transitions.js";
import { print } from "./runtime/core.js";

const [text, setText] = createSignal("a");
const [shown, setShown] = createSignal(true);

function typewriter(el, config, phase) {
  return { width: "0" };
}

function App() {
  const slideIn = animation({
    enter: [[slide({ y: -20, to: 0 }), fade({ from: 0, to: 1 })], [scale({ from: 0.9, to: 1 })]],
    exit: [[fade({ from: 1, to: 0 })]],
    duration: 300,
    easing: "ease-out",
    stagger: 50,
  });
  useFont("code", "./fonts/FiraCode.woff2", { weight: "400" });
  useFont("other", "https://x.y/z");
  onMount(() => {
    print("x");
  });
  onCleanup(() => {
    print("y");
  });

  return fragment(
    tova_el(
      "div",
      {
        "animate:slideIn": slideIn(),
        "use:tip": action(tip, text),
        "in:fade": enter(fade_, () => ({ duration: 2 })),
        "out:fly": leave(fly),
      },
      "a",
    ),
    tova_el(
      "b",
      {
        "use:tip": action(tip, () => "fixed"),
        onclick: [() => setText("b"), on((e) => print(e), ["once", "stop"])],
      },
      "b",
    ),
    tova_el(
      "p",
      {
        "animate:slideIn": slideIn(shown),
        "transition:typewriter": transition(typewriter, () => ({ duration: 2 })),
        "class:on": shown,
      },
      "a",
    ),
  );
}

mount(App, document.getElementById("app"));
