/**
 * Attributes and properties of an element, once or as they change: values, classes, styles,
 * two-way bindings, listeners. Markup from strings and script URLs do not pass.
 */
import { untrack } from "./scopes.js";
import { watch } from "./signals.js";
import { isHandler, listen } from "./dom_events.js";

/** What is set as a property, since the attribute is only its first value. */
const PROPERTIES = new Set([
  "value", "checked", "selected", "disabled", "multiple", "muted", "indeterminate", "readOnly",
]);

const RENAMED = { __proto__: null, className: "class", htmlFor: "for", readonly: "readOnly", tabIndex: "tabindex" };

/** Attributes whose text says true or false, where others are there or not. */
const SPELLED_OUT = /^(aria-|data-|contenteditable$|draggable$|spellcheck$)/i;

const MARKUP = new Set(["innerhtml", "outerhtml", "srcdoc"]);
const URLS = new Set(["href", "src", "action", "formaction", "xlink:href", "poster", "data", "background", "ping"]);

/** The value that a select waits for until it has the option. */
const awaited = new WeakMap();
let anyAwaited = false;

/** What to do with a prop, by its name. */
const kinds = new Map();

function kindOf(key) {
  let kind = kinds.get(key);
  if (kind === undefined) kinds.set(key, (kind = newKind(RENAMED[key] ?? key)));
  return kind;
}

function newKind(name) {
  if (name === "class" || name.startsWith("class:")) return null;
  if (name.startsWith("on")) return (element, value) => applyListener(element, name, value);
  if (name.startsWith("bind:")) return (element, value) => applyBinding(element, name.slice("bind:".length), value);
  if (/^(use|transition|in|out|animate):/.test(name)) return (element, value) => untrack(() => value(element));
  if (name === "ref" || name === "key" || name === "children") return () => {};
  return (element, value) => follow(value, (now) => setProp(element, name, now));
}

/** A ref is told of the element, or holds it. */
function setRef(element, ref) {
  if (typeof ref === "function") untrack(() => ref(element));
  else if (ref !== null && ref !== undefined) ref.current = element;
}

/**
 * @param {Element} element its children are there already
 * @param {Record<string, any>} props functions of other than listeners are read reactively
 */
export function applyProps(element, props) {
  let classes = 0;
  for (const key of Object.keys(props)) {
    const apply = kindOf(key);
    if (apply === null) classes++;
    else apply(element, props[key]);
  }
  if (classes > 0) applyClasses(element, props, classes);
  // Last: whoever is given the element may use it as it is to be.
  if (props.ref !== undefined) setRef(element, props.ref);
}

function applyClasses(element, props, count) {
  if (count === 1 && props.class !== undefined) {
    follow(props.class, (now) => setClass(element, now));
    return;
  }
  const parts = Object.keys(props).filter((key) => kindOf(key) === null)
    .map((key) => [key.startsWith("class:") ? key.slice("class:".length) : "", props[key]]);
  watchIf(parts.some(([, value]) => isReactive(value)), () => setClasses(element, parts));
}

const isReactive = (value) => typeof value === "function";
const current = (value) => (isReactive(value) ? value() : value);

function watchIf(reactive, fn) {
  if (reactive) watch(fn);
  else fn();
}

/** Hands a value on, each time it changes when it is a function. */
function follow(value, use) {
  if (isReactive(value)) watch(() => use(value()));
  else use(value);
}

function refuse(element, name, reason) {
  console.warn(`<${element.localName}> ${name} is ignored: ${reason}`);
}

function applyListener(element, name, value) {
  if (Array.isArray(value)) for (const one of value) applyListener(element, name, one);
  else if (isHandler(value)) listen(element, name.slice("on".length).replace(/^:/, "").toLowerCase(), value);
  else if (value != null) refuse(element, name, "a listener is a function");
}

function setProp(element, name, value) {
  if (MARKUP.has(name.toLowerCase())) refuse(element, name, "markup from a string is not safe");
  else if (name === "style") setStyle(element, value);
  else if (name === "show") setShown(element, Boolean(value));
  else if (PROPERTIES.has(name) && name in element) setProperty(element, name, value);
  else setAttribute(element, name, value);
}

function setProperty(element, name, value) {
  if (name === "value" && element.localName === "select") {
    awaited.set(element, value);
    anyAwaited = true;
  }
  const next = name === "value" ? value ?? "" : Boolean(value);
  if (name === "value" ? element.value !== String(next) : element[name] !== next) element[name] = next;
}

/** Chooses the option that a select waits for, when options have come. @param {Node} parent */
export function settleSelect(parent) {
  if (!anyAwaited) return;
  const select = parent instanceof Element ? parent.closest("select") : null;
  if (select !== null && awaited.has(select)) setProperty(select, "value", awaited.get(select));
}

function setAttribute(element, name, value) {
  if (value == null || (value === false && !SPELLED_OUT.test(name))) {
    element.removeAttribute(name);
    return;
  }
  const text = value === true && !SPELLED_OUT.test(name) ? "" : String(value);
  if (URLS.has(name.toLowerCase()) && runsScript(text)) {
    element.removeAttribute(name);
    refuse(element, name, "a URL must not be a script");
  } else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** White space and control characters are skipped, as browsers do within a scheme. */
function runsScript(url) {
  return /^(javascript|vbscript):/i.test(url.replace(/[\u0000-\u0020\u007f-\u009f]/g, ""));
}

function setClass(element, value) {
  const names = typeof value === "string" ? value : classNames(value).join(" ");
  if ((element.getAttribute("class") ?? "") !== names) element.setAttribute("class", names);
}

/** @param {Element} element @param {[string, any][]} classes pairs of a class's name, or "", and a value */
function setClasses(element, classes) {
  const names = classes.flatMap(([name, value]) => {
    const now = current(value);
    if (name !== "") return now ? [name] : [];
    return classNames(now);
  });
  element.setAttribute("class", names.join(" "));
}

/** A text, a list of those, or a record of name to whether. */
function classNames(value) {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(classNames);
  if (value === null || typeof value !== "object") return [];
  return Object.keys(value).filter((name) => current(value[name]));
}

function setStyle(element, value) {
  const isHidden = hidden.has(element);
  if (isHidden) setShown(element, true);
  changeStyle(element, value);
  if (isHidden) setShown(element, false);
}

function changeStyle(element, value) {
  if (value === null || typeof value !== "object") {
    element.style.cssText = value ?? "";
    return;
  }
  for (const name of element.stylesFromRecord ?? []) element.style.removeProperty(name);
  element.stylesFromRecord = Object.keys(value).map(propertyName);
  for (const key of Object.keys(value)) {
    const now = current(value[key]);
    if (now != null && now !== false) element.style.setProperty(propertyName(key), String(now));
  }
}

const propertyName = (key) => (
  key.startsWith("--") ? key : key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
);

/** What `show` has taken from the style of an element that is hidden. */
const hidden = new WeakMap();

function setShown(element, shown) {
  if (shown === !hidden.has(element)) return;
  if (shown) {
    element.style.display = hidden.get(element);
    hidden.delete(element);
  } else {
    hidden.set(element, element.style.display);
    element.style.setProperty("display", "none", "important");
  }
}

/** How each binding reads the element, writes it, and hears of changes. */
const BINDINGS = {
  __proto__: null,
  value: {
    event: (element) => (element.localName === "select" ? "change" : "input"),
    get: (element) => inputValue(element),
    set: (element, value) => setBoundValue(element, value),
  },
  checked: {
    event: () => "change",
    get: (element) => element.checked,
    set: (element, value) => setProperty(element, "checked", value),
  },
  group: {
    event: () => "change",
    get: (element, old) => (element.type === "checkbox" ? toggled(old, element) : element.value),
    set: (element, value) => {
      element.checked = Array.isArray(value) ? value.includes(element.value) : value === element.value;
    },
  },
};

function applyBinding(element, name, [read, write]) {
  if (name === "this") {
    untrack(() => write(element));
    return;
  }
  const binding = BINDINGS[name];
  if (binding === undefined) throw new Error(`there is no binding bind:${name}`);
  watch(() => binding.set(element, read()));
  listen(element, binding.event(element), () => write(binding.get(element, read())));
}

function inputValue(element) {
  if (element.localName === "select" && element.multiple) {
    return [...element.selectedOptions].map((option) => option.value);
  }
  if (element.type !== "number" && element.type !== "range") return element.value;
  return element.value === "" ? null : Number(element.value);
}

/** A number that the field shows in another spelling ("1." for 1) stays as it was typed. */
function setBoundValue(element, value) {
  if (element.localName === "select" && element.multiple) {
    for (const option of element.options) option.selected = (value ?? []).includes(option.value);
  } else if (typeof value !== "number" || Number(element.value) !== value || element.value === "") {
    setProperty(element, "value", value);
  }
}

function toggled(list, element) {
  const others = list.filter((item) => item !== element.value);
  return element.checked ? [...others, element.value] : others;
}
