// The picture of numbers.
const G = D; // the numbers are those of the nodes
const run = x => {
  const found = both(x);
  // What an edge carries back: the gradient that comes to its item, the local derivative of the item by it, its gradient.
  const link = edges.map(e => {
    if (e.end || !e.back) return {on: true, up: 1, local: 1, g: 1};
    let [on, local, g] = found.given[e.reader][e.k];
    for (let n = e.reader; readBy[n]; n = readBy[n][0]) local = times(local, found.given[readBy[n][0]][readBy[n][1]][1]);
    return {on, up: found.adjoint[D.items[e.t]], local: shown(local), g: shown(g)};
  });
  return {...found, link};
};

const labels = all(".l", svg);
let next = 0;
const tags = edges.map(e => [labels[next++], e.back ? labels[next++] : null]);
// The point as it is said.
const pointSaid = () => known().map(n => named(n) + is(S.point[n])).join(", ");
const render = () => {
  const ok = R !== null, [what, current] = steps[S.step], marks = [];
  for (const e of edges) {
    const on = ok && (R.needed[e.x] || !D.inputs[e.x].length), taken = !ok || e.end || R.needed[e.reader] && takes(e.reader, e.k, R.v);
    const done = S.step >= forwardAt[e.s], sent = S.step >= backAt[e.t], g = ok && e.back ? R.link[e.i].g : NaN, group = groups[e.i];
    const [value, slope] = tags[e.i], gone = done && !taken, zero = sent && g === 0;
    put(value, on && done ? R.v[e.x] : null, e.above);
    flip(value, "nt", gone);
    flip(group, "nt", gone);
    flip(group, "z", zero);
    flipAll(".f", group, "dim", !done);
    if (e.back) {
      put(slope, sent ? ok ? g : e.chain : null, e.below);
      flip(slope, "z", zero);
      flipAll(".b", group, "hide", !sent);
    }
    const said = [on && done ? fill(W.value, {value: num(R.v[e.x])}) : "", gone ? W.skipped : "", e.back && ok && sent ? fill(W.gradient, {gradient: num(g)}) : ""];
    label(group, [fill(W.joins, {from: N[e.x], to: e.end ? D.result : N[D.items[e.t]]}), ...said.filter(Boolean)].join(", "));
    flip(group, "cur", what === "forward" ? e.t === current : what !== "start" && e.t === current && e.back);
  }
  items.forEach((e, i) => {
    const n = D.items[i], done = S.step >= forwardAt[i];
    flip(e, "cur", i === current);
    if (n < 0) return;
    if (ok && R.f.b[n]) flip(e, "k", done && R.needed[n] && D.flat[n][R.f.b[n]()]);
    flip(e, "na", ok && done && !R.needed[n] && D.inputs[n].length);
    const bends = ok && done && R.needed[n] && R.adjoint[n] && R.f.k[n] && D.wanted[n].length;
    const mark = bends ? R.f.k[n]() : ok && done && D.turns.includes(n) && isAsGiven() ? "edge" : "";
    if (mark) marks.push(N[n] + " \u00b7 " + W[mark]);
    const name = all(".n", e)[0], badge = all(".s", e)[0];
    if (name) entitle(name, n === D.output ? "" : D.cut[n] || N[n], W[mark]);
    if (badge) {
      const arrived = ok && S.step >= summedAt[n];
      put(badge, arrived ? R.adjoint[n] : null, all(".d", e)[0].width.baseVal.value - 8, "\u03a3 ");
      flipAll(".d", e, "hide", !arrived);
    }
    label(e, facts(i).map(flat).join("; "));
  });
  for (const n of D.variables) {
    const {output, slider, field} = rows[n], x = S.point[n], a = ok ? R.adjoint[n] : 0;
    if (isFinite(x) && field !== document.activeElement && read(field.value)?.x !== x) field.value = typed(x);
    if (isFinite(x)) slider.value = x;
    tell(field, "aria-invalid", !!field.value.trim() && read(field.value)?.x !== x);
    if (!output) continue;
    const shown = ok && S.step >= summedAt[n];
    output.replaceChildren(...shown ? rich(d(Y, n) + (isFinite(a) ? is(a) : " = " + W.infinite)) : []);
    output.title = shown ? String(a) : "";
  }
  const shown = ok && S.step >= forwardAt[D.items.indexOf(Y)];
  $("value").replaceChildren(...shown ? rich(named(Y) + is(R.v[Y])) : []);
  $("value").title = shown ? String(R.v[Y]) : "";
  conclude(what, !ok ? W.give : R.bad >= 0 ? W.undefined + ": " + named(R.bad) + " = " + num(R.v[R.bad]) : marks.join(", "));
};
