// The same application for SolidJS, in the way that its documentation recommends: a signal for each label, a selector
// for the chosen row, and For for the list.
import { batch, createSelector, createSignal, For } from "solid-js";
import { render } from "solid-js/web";
import { buildRows } from "./data.js";

const rowsWithSignals = (count) => buildRows(count).map(({ id, label }) => {
  const [read, write] = createSignal(label);
  return { id, label: read, setLabel: write };
});

const Button = (props) => (
  <div class="col-sm-6 smallpad">
    <button type="button" class="btn btn-primary btn-block" id={props.id} onClick={props.action}>{props.text}</button>
  </div>
);

function App() {
  const [rows, setRows] = createSignal([]);
  const [selected, setSelected] = createSignal(null);
  const isSelected = createSelector(selected);
  const run = () => setRows(rowsWithSignals(1000));
  const runLots = () => setRows(rowsWithSignals(10000));
  const add = () => setRows((now) => [...now, ...rowsWithSignals(1000)]);
  const clear = () => setRows([]);
  const update = () => batch(() => {
    for (let i = 0, now = rows(); i < now.length; i += 10) now[i].setLabel((label) => `${label} !!!`);
  });
  const swapRows = () => {
    const next = rows().slice();
    if (next.length > 998) {
      [next[1], next[998]] = [next[998], next[1]];
      setRows(next);
    }
  };
  const remove = (id) => setRows((now) => now.filter((row) => row.id !== id));
  return (
    <div class="container">
      <div class="jumbotron">
        <div class="row">
          <div class="col-md-6"><h1>Solid</h1></div>
          <div class="col-md-6">
            <div class="row">
              <Button id="run" text="Create 1,000 rows" action={run} />
              <Button id="runlots" text="Create 10,000 rows" action={runLots} />
              <Button id="add" text="Append 1,000 rows" action={add} />
              <Button id="update" text="Update every 10th row" action={update} />
              <Button id="clear" text="Clear" action={clear} />
              <Button id="swaprows" text="Swap Rows" action={swapRows} />
            </div>
          </div>
        </div>
      </div>
      <table class="table table-hover table-striped test-data">
        <tbody id="tbody">
          <For each={rows()}>{(row) => (
            <tr class={isSelected(row.id) ? "danger" : ""}>
              <td class="col-md-1" textContent={row.id} />
              <td class="col-md-4"><a onClick={() => setSelected(row.id)} textContent={row.label()} /></td>
              <td class="col-md-1">
                <a onClick={() => remove(row.id)}><span class="glyphicon glyphicon-remove" aria-hidden="true" /></a>
              </td>
              <td class="col-md-6" />
            </tr>
          )}</For>
        </tbody>
      </table>
      <span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true" />
    </div>
  );
}

render(() => <App />, document.getElementById("app"));
