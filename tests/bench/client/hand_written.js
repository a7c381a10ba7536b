// The same application as a person writes it who knows the document well and wants it fast: a template for the row, one
// listener for the table, and the nodes themselves as the state.
import { buildRows } from "./data.js";

const html = (text) => {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content.firstChild;
};

const button = (id, text) => `<div class="col-sm-6 smallpad">
  <button type="button" class="btn btn-primary btn-block" id="${id}">${text}</button></div>`;

document.getElementById("app").append(html(`<div class="container"><div class="jumbotron"><div class="row"
><div class="col-md-6"><h1>DOM</h1></div><div class="col-md-6"><div class="row">
${button("run", "Create 1,000 rows")}${button("runlots", "Create 10,000 rows")}${button("add", "Append 1,000 rows")}
${button("update", "Update every 10th row")}${button("clear", "Clear")}${button("swaprows", "Swap Rows")}
</div></div></div></div><table class="table table-hover table-striped test-data"><tbody id="tbody"></tbody></table
><span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true"></span></div>`));

const rowTemplate = html('<tr><td class="col-md-1"> </td><td class="col-md-4"><a> </a></td><td class="col-md-1"><a'
  + '><span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>');
const tbody = document.getElementById("tbody");
let selected = null;

function rowElement({ id, label }) {
  const row = rowTemplate.cloneNode(true);
  const first = row.firstChild;
  row.rowId = id;
  first.firstChild.nodeValue = id;
  row.labelText = first.nextSibling.firstChild.firstChild;
  row.labelText.nodeValue = label;
  return row;
}

function append(count) {
  for (const row of buildRows(count)) tbody.append(rowElement(row));
}

function clear() {
  tbody.textContent = "";
  selected = null;
}

function replace(count) {
  clear();
  append(count);
}

function select(row) {
  if (selected !== null) selected.className = "";
  selected = row;
  row.className = "danger";
}

const actions = {
  run: () => replace(1000),
  runlots: () => replace(10000),
  add: () => append(1000),
  clear,
  update() {
    const rows = tbody.children;
    for (let i = 0; i < rows.length; i += 10) rows[i].labelText.nodeValue += " !!!";
  },
  swaprows() {
    const { 1: first, 2: second, 998: last } = tbody.children;
    if (last === undefined) return;
    tbody.insertBefore(first, last);
    tbody.insertBefore(last, second);
  },
};

for (const [id, action] of Object.entries(actions)) document.getElementById(id).addEventListener("click", action);

tbody.addEventListener("click", ({ target }) => {
  const cell = target.closest("td");
  if (cell === null || target.closest("a") === null) return;
  const row = cell.parentNode;
  if (cell.className === "col-md-4") select(row);
  else row.remove();
});
