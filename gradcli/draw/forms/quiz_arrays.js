// What the quiz asks of arrays, and what wrong ones may be.
const Q = D.quiz, T = Q.words;
// The questions of a step, as those of numbers, where the arrays that are read and asked for are shown. Elements without
// a number are not asked for.
const asks = ([kind, i], step) => {
  const n = D.items[i];
  if (kind === "start" || step <= D.step || kind !== "end" && ![n, ...into[i].map(e => e.x)].every(x => D.elements[x])) return [];
  const ask = (x, list, about) => {
    const values = (list || []).filter(y => y !== null);
    return values.length ? [{step, i, x, list, values, large: max(...values.map(abs)), ...about}] : [];
  };
  if (kind === "forward") return isNeeded(n) ? ask(n, R.value[n]) : [];
  const sums = [...new Set(sends[i].map(e => e.x))].filter(x => out[x].length > 1 && summedAt[x] === step);
  return [...sends[i].flatMap(e => ask(e.x, R.sent[e.i], {e})), ...sums.flatMap(x => ask(x, R.slope[x], {isSum: true}))];
};
const slack = q => {
  const n = D.items[q.i], read = into[q.i].map(e => [e.x, R.value[e.x]]);
  const of = q.isSum ? out[q.x].map(e => [q.x, R.sent[e.i]]) : q.e && !q.e.end ? [...read, [n, R.slope[n]]] : read;
  return of.every(each => isExact(...each)) ? 1e-12*max(...of.flatMap(([, list]) => list.map(abs))) : 2e-3*q.large;
};

// What mistakes lead to, the most typical first: a code, its facts, the numbers.
const turned = (list, [rows, columns]) => list.map((_, k) => list[(k % rows)*columns + Math.floor(k/rows)]);
const multiplied = (a, [rows, inner], b, [, columns]) => Array.from({length: rows*columns}, (_, k) =>
  Array.from({length: inner}, (_, i) => a[Math.floor(k/columns)*inner + i]*b[i*columns + k % columns]).reduce((x, y) => x + y));
// The products of two matrices, each also transposed, in both orders.
const productsOf = (shape, one, other) => {
  const both = ([name, list, shape]) => [[name, list, shape], [name + "\u1d40", turned(list, shape), [...shape].reverse()]];
  const pairs = both(one).flatMap(a => both(other).flatMap(b => [[a, b], [b, a]]));
  const fitting = pairs.filter(([[, , [rows, inner]], [, , [more, columns]]]) => inner === more && rows === shape[0] && columns === shape[1]);
  return fitting.map(([a, b]) => [a[0] + "\u00b7" + b[0], multiplied(a[1], a[2], b[1], b[2])]);
};
const isMatrix = n => D.shapes[n].length === 2, isGated = n => range(n).some(one => G.flat[one]);
const matrix = n => [named(n), R.value[n], D.shapes[n]];
const wrongProducts = (x, rule, one, other) => productsOf(D.shapes[x], one, other).map(([taken, list]) => ["other-product", {taken, rule}, list]);
const isSquare = x => isMatrix(x) && D.shapes[x][0] === D.shapes[x][1];
const transposed = (x, list) => isSquare(x) ? [["transposed", {}, turned(list, D.shapes[x])]] : [];
const ofEdge = ({i, e, t, x, reader}) => {
  const n = D.items[t], g = R.sent[i], facts = {at: D.defined[n], input: named(x)}, others = into[t].filter(o => o.x !== x);
  const along = (term, most) => D.sent[i].map(pairs => {
    let sum = 0;
    for (let k = 0; k < min(pairs.length, most || pairs.length); k += 2) sum += term(pairs[k], pairs[k + 1]);
    return sum;
  });
  const gradient = one => +R.adjoint[one], local = (one, k) => +(R.given[one][k] || [0, 0])[1], isView = D.sent[i].some(pairs => pairs.some((one, k) => k % 2 === 0 && !range(n).includes(one)));
  if (isView) return [["sign", {}, g.map(y => -y)], ...transposed(x, g)];
  const product = D.back[i][0].split(" = ").pop().split(" (")[0];
  return [
    ["sign", {}, g.map(y => -y)],
    ...transposed(x, g),
    ...Q.products.includes(n) && isMatrix(n) && others.length ? wrongProducts(x, product, [d(Y, n), R.slope[n], D.shapes[n]], matrix(others[0].x)) : [],
    ...out[n].length < 2 ? [] : out[n].map(o => ["path", {fork: named(n), via: named(D.items[o.t])}, along((one, k) => (gradient(one) - R.sent[o.i][D.elements[n].indexOf(one)])*local(one, k))]),
    [isGated(n) ? "open" : "factor", facts, along(gradient)],
    ...others.length ? [["own-input", {...facts, other: others.map(o => named(o.x)).join(", ")}, along((one, k) => gradient(one)*R.v[G.inputs[one][k]])]] : [],
    ["batch-sum", {}, along((one, k) => gradient(one)*local(one, k), 2)],
    ["starts-late", {node: named(n)}, along(local)],
    ["of-value", {name: named(x)}, R.value[x]],
  ];
};
const ofSum = n => {
  const r = R.slope[n], via = e => ({fork: named(n), via: named(D.items[e.t])});
  return [
    ["sign", {}, r.map(y => -y)],
    ...transposed(n, r),
    ...out[n].map(e => ["path", via(e), r.map((y, k) => y - R.sent[e.i][k])]),
    ...out[n].map(e => ["only-path", via(e), R.sent[e.i]]),
    ["of-value", {name: named(n)}, R.value[n]],
  ];
};
const ofValue = i => {
  const n = D.items[i], at = D.defined[n], r = R.value[n], read = into[i].map(e => e.x), same = read.filter(x => R.value[x].length === r.length);
  const [a, b] = same.map(x => R.value[x]), isProduct = Q.products.includes(n), each = f => a && b ? a.map((x, k) => f(x, b[k])) : [NaN];
  const rule = at.split(" = ").pop();
  return [
    ["sign", {}, r.map(y => -y)],
    ...transposed(n, r),
    ...isProduct && read.every(isMatrix) && isMatrix(n) && read.length > 1 ? wrongProducts(n, rule, ...read.map(matrix)) : [],
    ...isProduct && b ? [["other-product", {taken: read.map(named).join(" \u2299 "), rule}, each((x, y) => x*y)]] : [["added", {at}, each((x, y) => x + y)], ["times", {at}, each((x, y) => x*y)]],
    ...range(n).length === r.length ? same.map((x, k) => ["derivative", {at, input: named(x)}, range(n).map(one => R.f.d[one]?.[k]?.() ?? NaN)]) : [],
    ...same.map(x => [isGated(n) ? "open" : "input", {at, input: named(x)}, R.value[x]]),
  ];
};
const suspects = q => (q.isSum ? ofSum(q.x) : !q.e ? ofValue(q.i) : q.e.end ? [] : ofEdge(q.e)).map(([code, facts, list]) => [code, facts, list.filter((_, k) => q.list.length !== list.length || q.list[k] !== null)]).filter(([, , list]) => list.length === q.values.length);

// What is said.
const question = ({i, e, x, isSum}) => {
  const ask = text => text + " = ?" + (D.shapes[x].length ? " " + extent(x) : ""), back = text => W.backward + ": " + text;
  if (isSum) return [back(named(x)), [ask(d(Y, x)), fill(T.sum, {name: named(x), count: out[x].length})]];
  if (!e) return [W.forward + ": " + defined(i), [ask(D.defined[x])]];
  if (e.end) return [back(W.end), [ask(d(Y, Y))]];
  return [back(defined(i)), [ask(out[x].length > 1 ? fill(T["part-of"], {whole: d(Y, x)}) : d(Y, x)), fill(T.to, {name: named(x)})]];
};
const solution = ({i, e, x, isSum}) => isSum ? [fork(x)] : e ? [carried(e), D.back[e.i][1]] : [computed(i)];

// A field for each number of the question, and what is asked for in the picture.
let placed;
const blanks = () => all("#answer :enabled"), refuse = bad => blanks().forEach((field, k) => tell(field, "aria-invalid", bad.includes(k)));
const place = q => {
  if (placed === q) return;
  placed = q;
  $("answer").style.gridTemplateColumns = q ? `repeat(${D.shapes[q.x].slice(-1)[0] || 1},minmax(0,4.5em))` : "";
  $("answer").replaceChildren(...q ? q.list.map((y, k) => {
    const field = el("input"), width = D.shapes[q.x].slice(-1)[0] || 1;
    Object.assign(field, {spellcheck: false, enterKeyHint: "go", disabled: y === null, value: y === null ? "\u2212" : ""});
    label(field, D.shapes[q.x].length > 1 ? [Math.floor(k/width), k % width].join() : k);
    field.oninput = () => tell(field, "aria-invalid", false);
    field.onpaste = e => {
      const given = e.clipboardData.getData("text").match(/[^\s,;[\]]+/g) || [], from = blanks().indexOf(field);
      if (given.length < 2) return;
      e.preventDefault();
      given.forEach((text, k) => { if (blanks()[from + k]) blanks()[from + k].value = text; });
    };
    return field;
  }) : []);
};
const mark = q => {
  const sent = (e, name, list) => {
    write(labels[e.i], name, e.x, list, D.slots[e.i][1]);
    flipAll(".b", groups[e.i], "hide", false);
  };
  if (!q.e && !q.isSum) {
    edges.filter(e => e.s === q.i).forEach(e => write(labels[e.i], "v ask", e.x, "?", D.slots[e.i][0]));
    into[q.i].forEach(e => flip(groups[e.i], "cur", true));
  }
  for (const p of ofStep(q)) {
    flip(groups[p.e.i], "cur", p === q);
    sent(p.e, p === q ? "g ask" : "g", p === q ? "?" : R.sent[p.e.i]);
  }
  if (q.isSum) items.forEach((_, i) => { if (D.items[i] === q.x && sums[i]) sumOf(sums[i], q.x, "?", D.badges[i]); });
};
