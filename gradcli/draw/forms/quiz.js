// The quiz: it asks for the number on the next arrow, shows it when it is known, and says of a wrong one what it may
// be. `hooks` tie it to the page: what lies ahead of the question cannot be stepped to.
const Q = D.quiz, T = Q.words, points = Q.points.map(values => values.map(valued));
let played = null, questions = [], at = 0, right = 0, tries = 0, wrong = 0, feedback = [];

// The questions of a step: the value of its item, the gradients that it sends back, one by one, and their sums.
const asks = ([kind, i], step) => {
  if (kind === "start" || step <= D.step) return [];
  const n = D.items[i];
  if (kind === "forward") return R.needed[n] ? [{step, i, value: R.v[n]}] : [];
  if (kind !== "end" && !R.needed[n]) return [];
  const sums = [...new Set(sends[i].map(e => e.x))].filter(x => arriving(x).length > 1 && summedAt[x] === step);
  return [...sends[i].map(e => ({step, i, e, value: R.link[e.i].g})), ...sums.map(n => ({step, i, n, value: R.adjoint[n]}))];
};
const begin = () => {
  played = R;
  questions = R && R.bad < 0 ? steps.flatMap(asks) : [];
  at = right = tries = wrong = 0;
  feedback = [];
};
const most = () => {
  if (played !== R) begin();
  return at < questions.length ? questions[at].step - 1 : R && R.bad < 0 ? last : D.step;
};
const asked = () => most() === S.step ? questions[at] : undefined;

const LEAST = 2;
const truth = typed => [true, false].map(x => ({x})).find(({x}) => [W[x], "" + x, "" + +x].includes(typed));

// How far a number may be off: hardly where those that it is made of are exact as they are shown, in four digits.
const slack = q => {
  const {up, local} = q.e ? R.link[q.e.i] : {}, of = q.n !== undefined ? parts(q.n) : q.e ? [up, local] : into[q.i].map(e => R.v[e.x]);
  return of.every(sure) ? 1e-12*max(...of.map(abs)) : 2e-3*abs(q.value);
};
const equals = ({x, unit, digits}, y, off) => abs(x - y) <= off + 1e-9*abs(y) || digits >= LEAST && abs(x - y) <= unit/2*(1 + 1e-9);

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
const consistent = (q, answer) => {
  const list = q.n !== undefined ? ofSum(q.n) : q.e ? q.e.end ? [] : ofEdge(q.e) : ofValue(q.i), off = slack(q);
  const found = typeof q.value === "number" && list.find(([, , x]) => isFinite(x) && equals(answer, x, min(off, 1e-3*abs(x))));
  return found && fill(T.consistent, {mistake: fill(T[found[0]], found[1])});
};

// What is said.
const question = q => {
  const {i, e, n} = q, ask = text => text + " = ?", back = name => W.backward + ": " + name;
  if (n !== undefined) return [back(named(n)), [ask(d(Y, n)), fill(T.sum, {name: named(n), count: arriving(n).length})]];
  if (!e) return [W.forward + ": " + defined(i), [ask(definition(i))]];
  if (e.end) return [back(W.end), [ask(d(Y, Y))]];
  return [back(defined(i)), [ask(symbols(e)), fill(T.to, {name: named(e.x)})]];
};
const solution = q => q.n !== undefined ? [fork(q.n)] : q.e ? [product(q.e), sentence(q.e)] : [computed(q.i)];
const advance = (q, code) => {
  const [line, ...more] = solution(q);
  feedback = [[fill(T[code], {shown: line}), ...more]];
  at += 1;
  wrong = 0;
  set({step: most()});
  remember();
};
const check = typed => {
  const q = asked(), y = q.value, isNumber = typeof y === "number", answer = (isNumber ? read : truth)(typed.normalize("NFKC").trim().toLowerCase());
  const say = text => { feedback = [[text]]; render(); };
  if (!answer) return say(isNumber ? T.unread : T.truth);
  const isRight = isNumber ? equals(answer, y, slack(q)) : answer.x === y;
  if (!isRight && answer.x && answer.digits < LEAST && abs(answer.x - y) <= answer.unit/2) return say(T.digits);
  tries += 1;
  $("answer").value = "";
  if (isRight) {
    right += 1;
    return advance(q, "right");
  }
  wrong += 1;
  const why = consistent(q, answer), told = fill(T.wrong, {answer: typed.trim()});
  say(why ? fill(T.because, {wrong: told, why}) : told);
};

hooks.most = most;
hooks.caption = step => {
  const q = asked();
  if (q) {
    const [head, lines] = question(q);
    return [head, [lines, ...feedback]];
  }
  const [head, lines] = caption(step);
  return step === last && at && at === questions.length ? [T.over, feedback] : [head, lines];
};
// The arrow that is asked for has a question mark, and those that are known of its step have their numbers.
hooks.after.push(() => {
  const q = asked();
  $("quiz").hidden = !R || R.bad >= 0;
  $("answer").disabled = at === questions.length;
  $("tell").hidden = !q || wrong < 2;
  $("other").hidden = points.length < 2;
  $("score").textContent = fill(T.score, {right, asked: questions.length, tries});
  flipAll(".ask", svg, "ask", false);
  if (!q) return;
  $("caption").firstChild.className = steps[q.step][0]; // the colour of the pass
  flipAll(".cur", svg, "cur", false);
  flip(items[q.i], "cur", true);
  const ask = (e, text, room) => { put(e, text, room); flip(e, "ask", text === "?"); };
  const show = (e, text) => {
    ask(tags[e.i][1], text, e.below);
    flip(groups[e.i], "cur", text === "?");
    flipAll(".b", groups[e.i], "hide", false);
  };
  if (q.n === undefined && !q.e) {
    edges.filter(e => e.s === q.i).forEach(e => ask(tags[e.i][0], "?", e.above));
    into[q.i].forEach(e => flip(groups[e.i], "cur", true));
  }
  for (const p of questions.filter(p => p.step === q.step && p.e)) if (questions.indexOf(p) <= at) show(p.e, p === q ? "?" : p.value);
  if (q.n !== undefined) items.forEach((e, i) => {
    const badge = D.items[i] === q.n && all(".s", e)[0];
    if (!badge) return;
    put(badge, "\u03a3 ?", 56);
    flipAll(".d", e, "hide", false);
  });
  followed = -1;
});
$("quiz").onsubmit = e => {
  e.preventDefault();
  pause();
  if (!asked()) set({step: most()});
  else if ($("answer").value.trim()) check($("answer").value);
  $("answer").focus();
};
$("tell").onclick = () => { advance(asked(), "told"); $("answer").focus(); };
$("other").onclick = () => {
  const now = D.variables.map(n => S.point[n]).join(), place = points.findIndex(values => values.join() === now);
  const values = points[(place + 1) % points.length], point = {...S.point};
  D.variables.forEach((n, k) => { point[n] = values[k]; });
  pause();
  set({step: D.step, point});
  remember();
  $("answer").focus();
};
set({step: D.step});
