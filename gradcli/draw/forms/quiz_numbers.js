// What the quiz asks of numbers, and what wrong ones may be.
const Q = D.quiz, T = Q.words;
// The questions of a step: the value of its item, the gradients that it sends back, one by one, and their sums.
const asks = ([kind, i], step) => {
  if (kind === "start" || step <= D.step) return [];
  const n = D.items[i];
  if (kind === "forward") return R.needed[n] ? [{step, i, values: [R.v[n]]}] : [];
  if (kind !== "end" && !R.needed[n]) return [];
  const sums = [...new Set(sends[i].map(e => e.x))].filter(x => arriving(x).length > 1 && summedAt[x] === step);
  return [...sends[i].map(e => ({step, i, e, values: [R.link[e.i].g]})), ...sums.map(n => ({step, i, n, values: [R.adjoint[n]]}))];
};

// How far a number may be off: hardly where those that it is made of are exact as they are shown, in four digits.
const slack = q => {
  const {up, local} = q.e ? R.link[q.e.i] : {}, of = q.n !== undefined ? parts(q.n) : q.e ? [up, local] : into[q.i].map(e => R.v[e.x]);
  return of.every(sure) ? 1e-12*max(...of.map(abs)) : 2e-3*abs(q.values[0]);
};

// What mistakes lead to, the most typical first: a code, its facts, the number.
const mistaken = ([rule, ...list] = [], n, up, x) => list.map(([code, j, taken]) => {
  const [gate, takes] = D.choices[n]?.[code] || [code];
  return [gate || "branch", {at: definition(D.items.indexOf(n)), input: named(x), takes, rule, taken}, up*R.f.w[j]()];
});
const ofEdge = e => {
  const n = e.reader, top = D.items[e.t], {up, local, g} = R.link[e.i], input = named(e.x), facts = {at: definition(e.t), input};
  const others = into[e.t].filter(o => o.x !== e.x), rest = others.map(o => named(o.x));
  return [
    [ruled(e)[0]?.[0] === "sign" ? "edge-sign" : "sign", facts, -g],
    ...arriving(top).length < 2 ? [] : arriving(top).map(o => ["path", {fork: named(top), via: item(o.t)}, (up - R.link[o.i].g)*local]),
    ...D.how[n] === "m" && rest.length ? [["own-input", {...facts, other: rest.join(" \u00d7 ")}, up*R.v[e.x]]] : [],
    ...D.chooses[n] ? [["branch", {...facts, takes: g ? rest[rest.length - 1] : input}, g ? 0 : up]] : [],
    ...D.ties.includes(n) ? [["loser", facts, up*(1 - local)], ["shared", facts, up/2]] : [],
    ...mistaken(Q.slopes[n]?.[e.k], n, up, e.x),
    ["factor", facts, up],
    ["starts-late", {node: named(top)}, local],
    ["of-value", {name: input}, R.v[e.x]],
    ...sends[e.t].filter(o => o !== e).map(o => ["other-gradient", {name: named(o.x)}, R.link[o.i].g]),
  ];
};
const ofSum = n => {
  const given = parts(n), r = R.adjoint[n], via = k => ({fork: named(n), via: item(arriving(n)[k].t)}), [a, b, more] = given;
  const two = more === undefined ? [["multiplied", a*b], ["subtracted", a - b], ["subtracted", b - a]] : [];
  return [
    ["sign", {}, -r],
    ...given.map((g, k) => ["path", via(k), r - g]),
    ...given.map((g, k) => ["only-path", via(k), g]),
    ...two.map(([code, x]) => [code, via(0), x]),
    ["of-value", {name: named(n)}, R.v[n]],
  ];
};
const ofValue = i => {
  const n = D.items[i], at = definition(i), read = into[i], v = read.map(e => R.v[e.x]), isPlain = "am".includes(D.how[n]);
  return [
    ["sign", {}, -R.v[n]],
    ...mistaken(Q.values[n], n, 1, n),
    ...v.length > 1 && !D.chooses[n] ? [["added", {at}, v.reduce((a, b) => a + b)], ["times", {at}, v.reduce((a, b) => a*b)]] : [],
    ...read.filter(e => !isPlain && R.f.d[n]?.[e.k]).map(e => ["derivative", {at, input: named(e.x)}, R.f.d[n][e.k]()]),
    ...read.map((e, k) => ["input", {at, input: named(e.x)}, v[k]]),
  ];
};
const suspects = q => q.n !== undefined ? ofSum(q.n) : !q.e ? ofValue(q.i) : q.e.end ? [] : ofEdge(q.e);

// What is said.
const question = q => {
  const {i, e, n} = q, ask = text => text + " = ?", back = name => W.backward + ": " + name;
  if (n !== undefined) return [back(named(n)), [ask(d(Y, n)), fill(T.sum, {name: named(n), count: arriving(n).length})]];
  if (!e) return [W.forward + ": " + defined(i), [ask(definition(i))]];
  if (e.end) return [back(W.end), [ask(d(Y, Y))]];
  return [back(defined(i)), [ask(symbols(e)), fill(T.to, {name: named(e.x)})]];
};
const solution = q => q.n !== undefined ? [fork(q.n)] : q.e ? [product(q.e), sentence(q.e)] : [computed(q.i)];

// The arrow that is asked for has a question mark, and those that are known of its step have their numbers.
const mark = q => {
  const write = (e, text, room) => { put(e, text, room); flip(e, "ask", text === "?"); };
  const show = (e, text) => {
    write(tags[e.i][1], text, e.below);
    flip(groups[e.i], "cur", text === "?");
    flipAll(".b", groups[e.i], "hide", false);
  };
  if (q.n === undefined && !q.e) {
    edges.filter(e => e.s === q.i).forEach(e => write(tags[e.i][0], "?", e.above));
    into[q.i].forEach(e => flip(groups[e.i], "cur", true));
  }
  for (const p of ofStep(q)) show(p.e, p === q ? "?" : p.values[0]);
  if (q.n !== undefined) items.forEach((e, i) => {
    const badge = D.items[i] === q.n && all(".s", e)[0];
    if (!badge) return;
    put(badge, "\u03a3 ?", 56);
    flipAll(".d", e, "hide", false);
  });
};
const blanks = () => [$("answer")], place = q => { $("answer").disabled = !q; }, refuse = () => { $("answer").value = ""; };
