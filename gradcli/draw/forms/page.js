// The page: its whole state is S, `render` shows it and nothing else does, and whatever changes it calls `set`.
const $ = id => document.getElementById(id), all = (s, e = document) => [...e.querySelectorAll(s)];
const el = (tag, name, ...inside) => {
  const e = document.createElement(tag);
  if (name) e.className = name;
  e.append(...inside);
  return e;
};
const flip = (e, name, on) => e.classList.toggle(name, !!on);
const flipAll = (s, e, name, on) => all(s, e).forEach(part => flip(part, name, on));
const tell = (e, name, value) => e.setAttribute(name, value), label = (e, text) => tell(e, "aria-label", text);

// The structure. An edge goes from item s to item t, of which it is argument k as the row `reader` has it.
const edges = D.edges.map(([s, t, reader, k, back, above = D.room, below = D.room, chain = ""], i) => ({i, s, t, reader, k, back, above, below, chain, x: D.items[s], end: reader < 0}));
const into = D.items.map((n, t) => edges.filter(e => e.t === t)), sends = into.map(list => list.filter(e => e.back));
const readBy = {}; // the row that reads a row of a merged sum or product, and as which argument
for (const rows of Object.values(D.rows)) for (const n of rows) D.inputs[n].forEach((x, k) => { if (rows.includes(x)) readBy[x] = [n, k]; });

// The steps: forward through the operations, the output's 1, and back.
const steps = D.steps.flatMap(([kind, ...reached]) => reached.map(i => [kind, i])), last = steps.length - 1, never = last + 1;
const forwardAt = D.items.map(() => 0), backAt = D.items.map(() => never);
steps.forEach(([kind, i], at) => { if (kind === "forward") forwardAt[i] = at; else if (kind !== "start") backAt[i] = at; });
// The edges by which gradients come back to a node, in the order in which they arrive.
const out = D.names.map((name, n) => edges.filter(e => e.back && e.x === n).sort((a, b) => backAt[a.t] - backAt[b.t]));
const summedAt = D.names.map((name, n) => out[n].length ? max(...out[n].map(e => backAt[e.t])) : last);

// Both passes. A node is needed if no choice leaves it out; a gradient of exactly 0 is not passed on, nor
// is one to what the branch taken is without, be it infinite.
const takes = (n, k, v) => !D.chooses[n] || k === 0 || D.chooses[n][+v[D.inputs[n][0]]] === k;
const run = x => {
  const f = F(start(x)), v = f.v.map(shown), used = [], needed = [], reached = [], adjoints = Array(v.length).fill(rational(0)), given = {};
  for (const inputs of D.inputs) for (const i of inputs) used[i] = 1;
  needed[D.output] = 1;
  for (let n = v.length - 1; n >= 0; n -= 1) {
    if (!used[n]) needed[n] = 1;
    if (needed[n]) D.inputs[n].forEach((i, k) => { if (!k || takes(n, k, v)) needed[i] = 1; });
  }
  const bad = D.inputs.findIndex((inputs, n) => needed[n] && typeof v[n] === "number" && !isFinite(v[n]));
  if (D.required[D.output]) [adjoints[D.output], reached[D.output]] = [rational(1), 1];
  for (let n = v.length - 1; n >= 0; n -= 1) {
    given[n] = [];
    const a = adjoints[n];
    for (const k of D.wanted[n]) {
      const on = reached[n] && needed[n] && takes(n, k, v), local = on ? f.d[n][k]() : 0, g = on && a != 0 && (local != 0 || D.how[n] !== "s") ? times(a, local) : rational(0);
      given[n][k] = [on, local, g];
      adjoints[D.inputs[n][k]] = plus(adjoints[D.inputs[n][k]], g);
      if (on) reached[D.inputs[n][k]] = 1;
    }
  }
  const adjoint = adjoints.map(shown);
  // What an edge carries back: the gradient that comes to its item, the local derivative of the item by it, its gradient.
  const link = edges.map(e => {
    if (e.end || !e.back) return {on: true, up: 1, local: 1, g: 1};
    let [on, local, g] = given[e.reader][e.k];
    for (let n = e.reader; readBy[n]; n = readBy[n][0]) local = times(local, given[readBy[n][0]][readBy[n][1]][1]);
    return {on, up: adjoint[D.items[e.t]], local: shown(local), g: shown(g)};
  });
  return {f, v, needed, adjoint, link, bad};
};

// The state. R is what both passes make of its point, null while a value is missing.
const S = {step: D.step, point: {...D.constants}};
let R = null;
for (const n of D.variables) S.point[n] = D.at[n] ?? NaN;
const asGiven = {...S.point};
// Where another script of the page changes what is shown: the last step that may be seen, and what is said.
const hooks = {most: () => last, caption, after: []};
const ended = () => S.step === hooks.most(), isAsGiven = () => D.variables.every(n => S.point[n] === D.at[n]), known = () => D.variables.filter(n => isFinite(S.point[n]));
const set = ({step = S.step, point = S.point}) => {
  if (point !== S.point || !R) R = D.variables.every(n => isFinite(point[n])) ? run(point) : null;
  Object.assign(S, {step: max(0, min(hooks.most(), step)), point});
  render();
};
const go = step => { pause(); set({step}); remember(); };
const move = (n, value) => { set({point: {...S.point, [n]: value}}); remember(); };

// The state in the address: "#3&a=2&x=-1" is step 3 at this point.
let waiting = 0;
const address = () => "#" + [S.step, ...known().map(n => encodeURIComponent(N[n]) + "=" + typed(S.point[n]))].join("&");
const remember = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => history.replaceState(null, "", address()), 150);
};
const recall = () => {
  const [step, ...values] = location.hash.slice(1).split("&"), point = {...S.point};
  for (const part of values) {
    const [name, text] = part.split("="), n = D.variables.find(n => encodeURIComponent(N[n]) === name);
    if (n !== undefined && read(text || "")) point[n] = read(text).x;
  }
  set({step: /^\d+$/.test(step) ? +step : S.step, point});
};

// The picture.
const svg = $("graph"), figure = all("figure")[0], groups = all(".e", svg), items = all(".q", svg), labels = all(".l", svg);
const about = all("desc", svg)[0], description = about.textContent;
let next = 0;
const tags = edges.map(e => [labels[next++], e.back ? labels[next++] : null]);
const put = (e, x, room, before = "") => {
  e.style.fontSize = "";
  for (let places = 4; places; places -= 1) {
    e.textContent = x === null ? "" : typeof x === "string" ? x : before + roughly(x, places) + num(x, places);
    const length = e.textContent ? e.getComputedTextLength() : 0;
    if (length <= room) return;
    e.style.fontSize = "12px";
    if (length*12/13 <= room) return;
  }
};
const said = lines => lines.map(([line, ...more]) => el("div", "", el("p", "", ...rich(line)), ...more.filter(Boolean).map(text => el("p", "say", ...rich(text)))));
// What stands above a node: its name, and what the point lies on, which is no name and so upright.
const entitle = (name, text, mark) => {
  const part = document.createElementNS(svg.namespaceURI, "tspan");
  tell(part, "class", italic(text) ? "i" : "");
  part.textContent = text;
  name.classList.remove("i");
  name.replaceChildren(part, mark ? (text ? " \u00b7 " : "") + mark : "");
};
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
    flipAll(".f,.fh", group, "dim", !done);
    if (e.back) {
      put(slope, sent ? ok ? g : e.chain : null, e.below);
      flip(slope, "z", zero);
      flipAll(".b,.bh", group, "hide", !sent);
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
  about.textContent = S.step === last && isAsGiven() ? description : svg.getAttribute("aria-label");
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
  const trouble = !ok ? W.give : R.bad >= 0 ? W.undefined + ": " + named(R.bad) + " = " + num(R.v[R.bad]) : marks.join(", ");
  const [head, told] = hooks.caption(S.step), lines = el("div", "", ...said(told));
  lines.id = "lines";
  $("caption").replaceChildren(el("b", what, ...rich(head)), lines, ...trouble ? [el("p", "note", ...rich(trouble))] : []);
  $("at").value = S.step;
  $("at").max = hooks.most();
  $("count").textContent = S.step + " / " + last;
  for (const [id, off] of [["first", !S.step], ["back", !S.step], ["step", ended()], ["last", ended()]]) tell($(id), "aria-disabled", off);
  if ($("rows").open) list();
  if (opened !== null) open(opened);
  for (const f of hooks.after) f();
  fit();
  follow();
};
