// The inputs: a slider and a field for each variable.
const rows = {};
for (const n of D.variables) {
  const start = D.at[n] ?? NaN, size = max(1, 2*abs(start || 1)), ten = 10**Math.floor(Math.log10(size));
  const reach = ten*[1, 2, 5, 10].find(k => k*ten >= size*(1 - 1e-12));
  const slider = el("input"), field = el("input"), row = el("div", D.required[n] ? "" : "u", el("label", "", ...rich(named(n))), slider, field);
  Object.assign(slider, {type: "range", min: -reach, max: reach, step: reach/100, value: 0});
  Object.assign(field, {inputMode: "decimal", id: "x" + n, onchange: render});
  row.firstChild.htmlFor = field.id;
  label(slider, N[n] + " (" + W.slider + ")");
  slider.oninput = () => move(n, +slider.value);
  field.oninput = () => {
    const typed = read(field.value);
    if (typed || !field.value.trim()) move(n, typed ? typed.x : NaN);
    else render();
  };
  rows[n] = {slider, field, output: D.required[n] ? row.appendChild(el("span", "grad")) : null};
  $("inputs").append(row);
}
