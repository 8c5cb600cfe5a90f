// Formulas and sentences of the page.
const notation = n => D.operators[D.operatorOf[n]]; // as what it is called, its pieces, what stands in parentheses
const called = n => fill(W.node, {label: notation(n)[0]});
// A number as an operand: one that is negative, or where it asks for it a fraction, stands in parentheses.
const fencedIf = (x, ofSign, ofFraction) => ofSign && num(x)[0] === "\u2212" || ofFraction && num(x).includes("/") ? "(" + num(x) + ")" : num(x);
// Of an operation the arguments, negative ones and fractions, that stand in parentheses.
const fencedBy = ([signs = [], fractions = []], x, k) => fencedIf(x, signs.includes(k), fractions.includes(k));
const joint = (numbers, sign) => numbers.map((x, k) => fencedIf(x, k, k && sign !== " + ")).join(sign);

// What an item computes: "s = a × x = 1.5 × 0.8 = 1.2". A sum or product of many terms joins them with its sign.
const joined = (i, texts) => {
  const pieces = notation(D.items[i])[1], sign = pieces.find(p => typeof p === "string");
  return texts.length > 2 && D.rows[i] ? texts.join(sign) : pieces.map(p => texts[p] ?? p).join("");
};
const item = i => named(D.items[i]);
const definition = i => item(i) + " = " + joined(i, into[i].map(e => named(e.x)));
const defined = i => called(D.items[i]) + " " + definition(i);
const computed = i => {
  const n = D.items[i], how = D.how[n], text = definition(i);
  if (!R) return text;
  if (!R.needed[n]) return text + ": " + W.skipped;
  const read = into[i].filter(e => takes(e.reader, e.k, R.v)).map(e => R.v[e.x]), r = R.v[n];
  const operand = (x, k) => D.rows[i] ? fencedIf(x, k || how === "m", k && how === "m") : fencedBy(notation(n)[2], x, k);
  const shown = into[i].map((e, k) => takes(e.reader, e.k, R.v) ? operand(R.v[e.x], k) : named(e.x));
  const whole = !D.rows[i] ? exact(how, read, r) || isRational(R.f.v[n]) && [...read, r].every(sure) : how === "m" ? multiplies(read, r) : adds(read, r);
  const numbers = joined(i, shown);
  return text + eq(read.every(sure)) + (numbers === num(r) || flat(text).endsWith(" = " + numbers) ? "" : numbers + eq(whole)) + num(r);
};

// The product of the chain rule along an edge, from the output on; where several come together it starts anew with
// their sum, and so beyond MOST factors. Each factor: of, by, its number.
const MOST = 8;
const arriving = n => R ? out[n].filter(e => R.link[e.i].on) : out[n];
const chain = e => {
  if (e.end) return [[Y, Y, 1]];
  const n = D.items[e.t], next = arriving(n), before = next.length === 1 ? chain(next[0]) : [];
  const start = before.length && before.length < MOST ? before : [[Y, n, R ? R.adjoint[n] : 0]];
  return [...start, [n, e.x, R ? R.link[e.i].local : 0]];
};
// "∂y/∂a = ∂y/∂y · ∂y/∂s · ∂s/∂a = 1 × 1 × 3 = 3"
const symbols = e => (arriving(e.x).some(o => o !== e) || e.end ? "" : d(Y, e.x) + " = ") + chain(e).map(([of, by]) => d(of, by)).join("\u00b7");
const product = e => {
  const factors = chain(e), local = factors[factors.length - 1][2], text = symbols(e);
  if (!R) return text;
  const {on, up, g} = R.link[e.i], numbers = factors.map(f => f[2]);
  if (e.end) return text + " = 1";
  if (!on || up === 0 && !isFinite(local) || !numbers.every(isFinite) && g === 0) return text + " = " + num(g);
  return text + eq(numbers.every(sure)) + joint(numbers, " \u00d7 ") + eq(multiplies(numbers, g)) + num(g);
};
// "3 + 4 = 7", of a node to which several gradients come back
const parts = n => arriving(n).map(e => R.link[e.i].g);
const sum = n => joint(parts(n), " + ") + eq(adds(parts(n), R.adjoint[n])) + num(R.adjoint[n]);

// The sentences of a trace, by the kind of the rule that a gradient goes back by.
const near = (a, b) => a === b || abs(a - b) <= 1e-7*max(abs(a), abs(b));
// A form: a formula, in whose text numbers stand for the nodes that it is of. The value of its last operation, and those
// of its operands.
const formula = j => D.formulas[D.forms[j][0]];
const combined = j => {
  const [, , , operator] = formula(j), [, pieces] = D.operators[operator] || [, []], all = R.f.o[j]().map(shown), [a, b] = all;
  const value = {" + ": a + b, " \u2212 ": a - b, " \u00d7 ": a*b, " \u00f7 ": a/b}[pieces[1]];
  return value === undefined ? all : [value, ...all];
};
const derived = (e, local, forms) => {
  const j = forms.find(j => near(combined(j)[0], formula(j)[1] ? -local : local));
  if (j === undefined) return d(e.reader, e.x) + is(local);
  const [over, negated, how, operator] = formula(j), [, ...of] = D.forms[j], all = combined(j).slice(1);
  const text = over.replace(/`(\d+)`/g, (whole, place) => named(of[place]));
  if (!how) return text + is(local);
  const [, pieces, fences] = D.operators[operator];
  const last = (negated ? "\u2212" : "") + pieces.map(p => p in all ? fencedBy(fences, all[p], p) : p).join("");
  return last === num(local) ? text + is(local) : text + eq(all.every(sure)) + last + eq(exact(how, all, negated ? -local : local)) + num(local);
};
const compared = n => D.bounds[n].filter(([, ...around]) => around.includes(R.f.b[n]())).map(([other, below, above]) => {
  const x = D.inputs[n][0], a = R.v[x], y = Array.isArray(other) ? null : D.inputs[n][other], b = y === null ? other[0] : R.v[y];
  return named(x) + (a === b ? " = " : a < b ? " < " : " > ") + (y === null ? num(b) : named(y));
}).join(", ");
const taken = n => D.chooses[n] ? D.chooses[n][+R.v[D.inputs[n][0]]] : D.ties.includes(n) ? D.inputs[n].findIndex(i => R.v[i] === R.v[n]) : -1;
const ruled = e => D.rules[D.ruled[e.reader]?.[e.k]] || []; // for each branch
const sentence = e => {
  const n = e.reader, t = D.items[e.t], {on, up, local, g} = R.link[e.i];
  const to = (kind, more) => fill(D.sentences[kind], {node: e.end ? W.end : called(t), to: named(e.x), incoming: num(up), ...more});
  if (e.end) return to("begins");
  if (!R.needed[n]) return W.skipped;
  if (up === 0) return to("stopped");
  const first = taken(n), bend = R.f.k[n]?.();
  const result = whole => ({result: (whole ? "" : "\u2248 ") + num(g)}), times = {local: num(local), ...result(exact("m", [up, local], g))};
  const isShared = D.minnorm && D.ties.includes(n) && D.inputs[n].filter(i => R.v[i] === R.v[n]).length > 1;
  if ((bend === "tie" || isShared) && R.v[e.x] !== R.v[n]) return to("untied");
  if (isShared) return to("shared", times);
  if (first >= 0 && local === +(first === e.k)) {
    const tie = bend === "tie";
    return to(on && first === e.k ? tie ? "tie" : "taken" : tie ? "tied" : "left", {taken: named(D.inputs[n][first])});
  }
  if (bend && D.bounds[n] && D.minnorm) return to("chosen", {where: compared(n), ...times});
  if (bend === "jump") return to(bend, times);
  if (bend && !D.bounds[n]) return to("cone", times);
  const branch = R.f.b[n]?.() ?? 0, [kind, by, ...forms] = ruled(e)[branch];
  const value = i => i in D.constants && !D.variables.includes(i) && N[i] === num(R.v[i]) ? N[i] : named(i) + is(R.v[i]);
  if (kind === "other" && D.rows[e.t]) {
    const others = into[e.t].filter(o => o !== e), numbers = others.map(o => R.v[o.x]);
    return to("other", {other: others.map(o => named(o.x)).join(" \u00d7 ") + eq(numbers.every(sure) && multiplies(numbers, local)) + num(local), ...times});
  }
  if (kind === "other") return to(kind, {other: value(D.inputs[n][by]), ...times});
  if (kind === "divisor") return to(kind, {other: value(D.inputs[n][by]), ...result(exact("m", [up, R.v[D.inputs[n][by]]], g))});
  if (kind === "sign") return to(kind, result(sure(up)));
  if (kind === "own") return to(kind, {own: value(n), ...times});
  if (kind === "general") return to(kind, {...times, local: derived(e, local, forms)});
  if (!D.choices[n]) return to(kind);
  const [gate, what] = D.choices[n][branch];
  const where = compared(n), said = kind === "passes" ? "taken" : "left";
  return gate ? to(gate, {where: bend ? fill(D.sentences.kink, {where}) : where}) : to((bend ? "kink-" : "") + said, {where, taken: what});
};
const fork = n => fill(D.sentences[R ? "fork" : "formula.fork"], {name: named(n), count: arriving(n).length, sum: R ? sum(n) : ""});

// What is said of a step: its head, and lines, each a list of what belongs together.
const caption = at => {
  const [kind, i] = steps[at], n = D.items[i], lines = sends[i] || [];
  if (kind === "start") return [W.start, []];
  if (kind === "forward") return [W.forward + ": " + defined(i), [[computed(i)]]];
  const sums = [...new Set(lines.map(e => e.x))].filter(x => arriving(x).length > 1 && summedAt[x] === at);
  const said = lines.map(e => [product(e), R ? sentence(e) : hooks.symbolic?.(e)]);
  return [W.backward + ": " + (kind === "end" ? W.end : defined(i)), [...said, ...sums.map(x => [fork(x)])]];
};
// What is known of an item after a step: for its card and for screen readers.
const facts = i => {
  const n = D.items[i], leaf = !D.inputs[n].length, lines = [];
  const known = R && (leaf || S.step >= forwardAt[i]);
  lines.push(leaf ? D.variables.includes(n) && known ? named(n) + is(R.v[n]) : named(n) : called(n) + " " + (known ? computed(i) : definition(i)));
  if (R && D.required[n] && S.step >= summedAt[n]) lines.push(d(Y, n) + (arriving(n).length > 1 ? " = " + sum(n) : is(R.adjoint[n])));
  if (S.step >= backAt[i]) lines.push(...sends[i].map(e => "\u2192 " + product(e)));
  return lines;
};
