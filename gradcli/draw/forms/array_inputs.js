// The inputs: a field for each number, those of an array as it is written, and a slider for the field that was typed in
// last.
const fields = {}, gradients = [], slider = el("input"), slides = el("label");
let slid = D.variables[0];
const slideTo = n => {
  const size = max(1, 2*abs(S.point[n] || D.at[n] || 1)), ten = 10**Math.floor(Math.log10(size)), reach = ten*[1, 2, 5, 10].find(k => k*ten >= size*(1 - 1e-12));
  slid = n;
  Object.assign(slider, {type: "range", min: -reach, max: reach, step: reach/100, value: isFinite(S.point[n]) ? S.point[n] : 0});
  label(slider, N[n] + " (" + W.slider + ")");
  slides.replaceChildren(...rich(named(n)));
  for (const other in fields) flip(fields[other], "on", +other === n);
};
for (const [name, shape, first, isOpen] of D.arrays) {
  const width = shape.length ? shape[shape.length - 1] : 1, count = shape.reduce((a, b) => a*b, 1);
  const grid = el("div", "array"), output = el("span", "grad"), head = el("span", "", ...rich("`" + name + "`"), shape.length ? " (" + shape.join("\u00d7") + ")" : "");
  grid.style.gridTemplateColumns = `repeat(${width},auto)`;
  if (isOpen) for (let n = first; n < first + count; n += 1) {
    const field = fields[n] = el("input");
    Object.assign(field, {inputMode: "decimal", id: "x" + n, onchange: render, onfocus: () => slideTo(n)});
    label(field, N[n]);
    field.oninput = () => {
      const typed = read(field.value);
      if (typed || !field.value.trim()) move(n, typed ? typed.x : NaN);
      else render();
    };
    grid.append(field);
  }
  $("inputs").append(el("div", D.required[first] ? "" : "u", head, ...isOpen ? [grid] : [], output));
  const node = D.names.indexOf(name);
  gradients.push([output, node, D.required[first]]);
}
slider.oninput = () => move(slid, +slider.value);
if (slid in fields) {
  slideTo(slid);
  const row = el("div", "", slides, slider);
  row.id = "slide";
  $("inputs").after(row);
}
const inputs = () => {
  for (const n in fields) {
    const field = fields[n], x = S.point[n];
    if (isFinite(x) && field !== document.activeElement && read(field.value)?.x !== x) field.value = typed(x);
    tell(field, "aria-invalid", !!field.value.trim() && read(field.value)?.x !== x);
  }
  if (isFinite(S.point[slid])) slider.value = S.point[slid];
  for (const [output, node, isRequired] of gradients) {
    if (!isRequired) continue;
    const isShown = R && S.step >= summedAt[node];
    output.replaceChildren(...isShown ? rich(d(Y, node) + isNow(node, R.slope[node])) : []);
  }
};
