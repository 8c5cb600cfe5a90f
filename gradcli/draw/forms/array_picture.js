// The picture of arrays. Their numbers are those of scalar nodes, of which G is the graph: `nodes` has runs of nodes of
// one kind, each with the differences of its inputs to those of the node before.
const G = D.numbers, ofKind = key => G.kinds.map(kind => G[key][kind]);
G.inputs = [];
G.kinds = [];
for (const [kind, count, ...rest] of G.nodes) for (let i = 0, before = [], size = rest.length/count; i < count; i += 1) {
  before = rest.slice(i*size, (i + 1)*size).map((x, k) => x + (i ? before[k] : 0));
  G.kinds.push(kind);
  G.inputs.push(before);
}
// Lists of nodes, each as the difference to the one before; of what goes back along edges behind the number of pairs of
// an element and their argument, where these are the same for all.
const summed = list => { let sum = 0; return list.map(x => sum += x); };
D.leaves = summed(D.leaves);
for (const n in D.elements) D.elements[n] = summed(D.elements[n]);
D.sent = D.sent.map(sent => {
  if (!sent || Array.isArray(sent[0])) return sent;
  const [count, argument, ...rest] = sent, nodes = summed(rest);
  return Array.from({length: nodes.length/count}, (_, k) => nodes.slice(k*count, (k + 1)*count).flatMap(n => [n, argument]));
});
G.wanted = ofKind("back").map((back = []) => back);
G.chooses = ofKind("chooses");
G.flat = ofKind("flat");
G.how = ofKind("how");
G.required = [...G.required].map(Number);

// All values, and as functions what `program` says of each node.
const F = x => {
  const f = {v: [], d: [], k: [], b: []};
  G.inputs.forEach((inputs, n) => {
    if (!inputs.length) return void (f.v[n] = x[n]);
    const own = [...new Set(inputs)], of = K[G.kinds[n]](own.map(i => f.v[i]));
    f.v[n] = of.v[own.length];
    for (const key of ["d", "k", "b"]) f[key][n] = of[key][own.length];
  });
  return f;
};
// Of each element the value and the gradient; what is not computed is null.
const run = point => {
  const leaves = {...G.constants};
  D.variables.forEach((n, k) => { leaves[D.leaves[k]] = point[n]; });
  const found = both(leaves), {needed, adjoint} = found, of = (n, one) => D.elements[n]?.map(one) ?? null;
  const value = D.names.map((_, n) => of(n, one => needed[one] || !G.inputs[one].length ? found.v[one] : null));
  const slope = D.names.map((_, n) => of(n, one => G.required[one] ? adjoint[one] : null));
  const sent = edges.map(({i, x, end, back}) => {
    if (!back) return null;
    if (end) return [1];
    return D.sent[i] ? D.sent[i].map((pairs, k) => G.required[D.elements[x][k]] ? shown(total(pairs)) : null) : null;
  });
  function total(pairs) {
    let sum = rational(0);
    for (let k = 0; k < pairs.length; k += 2) sum = plus(sum, pairs[k] < 0 ? rational(1) : found.given[pairs[k]][pairs[k + 1]]?.[2] ?? rational(0));
    return sum;
  }
  return {...found, value, slope, sent};
};
const range = n => {
  const [start, stop] = D.made[n] || [0, 0];
  return Array.from({length: stop - start}, (_, k) => start + k);
};
const isNeeded = n => !D.made[n] || range(n).some(one => R.needed[one]);
const isTaken = e => e.end || !D.made[e.reader] || range(e.reader).some(one => R.needed[one] && takes(one, e.k, R.v));

const draw = (tag, name, attributes, text = "") => {
  const e = document.createElementNS(svg.namespaceURI, tag);
  tell(e, "class", name);
  for (const key in attributes) tell(e, key, attributes[key]);
  e.textContent = text;
  return e;
};
// What stands on an arrow, in a place with its middle, half its width, and the side at which it begins.
const ROW = 16, GAP = 9, SIDE = 8, BASE = 0.36;
const write = (group, name, n, list, [x, y, room, align]) => {
  const at = x + align*room, end = {"-1": " h", 0: "", 1: " j"}[align];
  const line = text => group.appendChild(draw("text", "l " + name + end, {x: at, y: y + BASE*FONT}, text));
  if (!list || list === "?") return void (n >= 0 && line(list || extent(n)));
  if (!D.shapes[n].length) return put(line(""), list[0], 2*room);
  let rows, widths, wide, font;
  for (const [places, small] of [[4, 13], [4, 12], [3, 12], [2, 12], [1, 11], [1, 9]]) {
    font = small;
    rows = inRows(n, texts(list, places));
    widths = rows[0].map((_, k) => max(...rows.map(row => textWidth(row[k], font))));
    wide = widths.reduce((a, b) => a + b) + GAP*(widths.length - 1) + 2*SIDE;
    if (wide <= 2*room + 1) break;
  }
  const middle = at - align*wide/2, top = y - ROW*rows.length/2, height = ROW*rows.length - 2;
  rows.forEach((row, r) => row.forEach((text, k) => {
    const right = middle - wide/2 + SIDE + widths.slice(0, k + 1).reduce((a, b) => a + b) + GAP*k;
    const e = group.appendChild(draw("text", "l " + name + " j", {x: right, y: top + ROW*(r + 0.5) + BASE*font}, text));
    if (font < FONT) e.style.fontSize = font + "px";
  }));
  const side = s => `M${middle - s*(wide/2 - 6)},${top + 1}h${-4*s}v${height}h${4*s}v-1.2h${-2.8*s}v${2.4 - height}h${2.8*s}z`;
  group.append(draw("path", name, {d: side(1) + side(-1)}));
};
const labels = all(".a", svg), sums = items.map((e, i) => {
  if (!D.badges[i]) return null;
  all(".d,.s", e).forEach(part => part.remove());
  return e.appendChild(draw("g", ""));
});
const sumOf = (group, n, list, [x, y, half, high]) => {
  const left = x - half + 4, sign = textWidth("\u03a3 ", FONT);
  group.append(draw("rect", "d", {x: x - half, y: y - high, width: 2*half, height: 2*high, rx: 4}));
  if (list === "?") return void group.append(draw("text", "s ask", {x, y: y + BASE*FONT}, "\u03a3 ?"));
  if (!D.shapes[n].length) return put(group.appendChild(draw("text", "s", {x, y: y + BASE*FONT})), list[0], 2*half - 8, "\u03a3 ");
  group.append(draw("text", "s h", {x: left, y: y + BASE*FONT}, "\u03a3"));
  write(group, "s", n, list, [(left + sign + x + half - 4)/2, y, half - 4 - sign/2, 0]);
};

const isZero = list => !!list && list.every(x => !x);
const render = () => {
  const ok = R !== null, [what, current] = steps[S.step], marks = [];
  for (const e of edges) {
    const done = S.step >= forwardAt[e.s], sent = e.back && S.step >= backAt[e.t], gone = ok && done && !isTaken(e), zero = ok && sent && isZero(R.sent[e.i]);
    const group = groups[e.i], tag = labels[e.i], [above, below] = D.slots[e.i];
    tag.replaceChildren();
    if (done) write(tag, "v" + (gone ? " nt" : ""), e.x, ok ? R.value[e.x] : null, above);
    if (ok && sent) write(tag, "g" + (zero ? " z" : ""), e.x, R.sent[e.i], below);
    flip(group, "nt", gone);
    flip(group, "z", zero);
    flipAll(".f", group, "dim", !done);
    flipAll(".b", group, "hide", !sent);
    const said = [ok && done ? fill(W.value, {value: nested(e.x, R.value[e.x])}) : "", gone ? W.skipped : "", ok && sent ? fill(W.gradient, {gradient: nested(e.x, R.sent[e.i])}) : ""];
    label(group, [fill(W.joins, {from: N[e.x], to: e.end ? D.result : N[D.items[e.t]]}), ...said.filter(Boolean)].join(", "));
    flip(group, "cur", what === "forward" ? e.t === current : what !== "start" && e.t === current && e.back);
  }
  items.forEach((e, i) => {
    const n = D.items[i], done = S.step >= forwardAt[i], made = n >= 0 ? range(n) : [];
    flip(e, "cur", i === current);
    if (n < 0) return;
    if (made.some(one => G.flat[one])) flip(e, "k", ok && done && made.every(one => !G.flat[one] || R.needed[one] && G.flat[one][R.f.b[one]()]));
    flip(e, "na", ok && done && !isNeeded(n));
    const bent = ok && done ? made.find(one => R.needed[one] && R.adjoint[one] && R.f.k[one] && G.wanted[one].length && R.f.k[one]()) : undefined;
    const mark = bent !== undefined ? R.f.k[bent]() : ok && done && D.turns.includes(n) && isAsGiven() ? "edge" : "";
    if (mark) marks.push(N[n] + " \u00b7 " + W[mark]);
    const name = all(".n", e)[0], arrived = ok && S.step >= summedAt[n];
    if (name) entitle(name, n === D.output ? "" : D.cut[n] || N[n], W[mark]);
    if (sums[i]) {
      sums[i].replaceChildren();
      if (arrived) sumOf(sums[i], n, R.slope[n], D.badges[i]);
    }
    label(e, facts(i).map(flat).join("; "));
  });
  inputs();
  const end = ok && S.step >= forwardAt[D.items.indexOf(Y)];
  $("value").replaceChildren(...end ? rich(named(Y) + is(R.value[Y][0])) : []);
  $("value").title = end ? String(R.value[Y][0]) : "";
  conclude(what, !ok ? W.give : R.bad >= 0 ? W.undefined : marks.join(", "));
};
