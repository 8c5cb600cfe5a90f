"use strict";
(() => {
const $ = id => document.getElementById(id), all = (s, e = document) => [...e.querySelectorAll(s)];
const el = (tag, name, ...inside) => {
  const e = document.createElement(tag);
  if (name) e.className = name;
  e.append(...inside);
  return e;
};
const W = D.words, N = D.names, Y = N[D.output], count = N.length;
const d = (of, by) => "\u2202" + of + "/\u2202" + by;

// A number with four significant digits, as Python's "%.4g" rounds it: ties go to the even digit.
const num = x => {
  if (typeof x === "boolean") return W[x];
  if (isNaN(x)) return "NaN";
  if (!isFinite(x)) return x > 0 ? "\u221e" : "\u2212\u221e";
  const a = Math.abs(x);
  if (a === 0) return "0";
  let m = a.toExponential(3);
  const tie = /^(\d\.\d\d[02468])50*e(.*)/.exec(a.toExponential(40));
  if (tie) m = tie[1] + "e" + tie[2];
  const [digits, power] = m.split("e"), p = +power;
  let text;
  if (p < -4 || p > 3) {
    text = digits.replace(/\.?0+$/, "") + "e" + (p < 0 ? "\u2212" : "") + Math.abs(p);
  } else {
    text = (+m).toFixed(3 - p);
    if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  }
  return (x < 0 ? "\u2212" : "") + text;
};
// "=" stands where the numbers are exact as they are printed, else "≈". Four digits times four digits are eight, which a
// double holds; a sum of far-apart terms has more, and of a function only the values at 0 and 1 are known to be exact.
const sure = x => typeof x === "boolean" || !isFinite(x) || +num(x).replace(/\u2212/g, "-") === x;
const eq = exact => exact ? " = " : " \u2248 ";
const is = x => eq(sure(x)) + num(x);
const exact = (how, all, r, [a, b] = all) => typeof r === "boolean" || [...all, r].every(sure) && (how === "s" || !isFinite(r) ||
  (how === "a" ? !(a*b) || Math.abs(Math.log(a*a/b/b)) < 36 :
  how === "m" ? r || !(a && b) :
  how === "p" ? r && b % 1 === 0 && b*b < 4e3 || !a :
  ![a, b].some(x => x && x !== 1)));
const flip = (e, name, on) => e.classList.toggle(name, on);
const fenced = t => t[0] === "\u2212" ? "(" + t + ")" : t;

// Both passes. A node is needed if no choice leaves it out; a gradient of exactly 0 is not passed on, nor
// is one to what the branch taken is without, be it infinite.
const run = x => {
  const f = F(x), v = f.v, used = [], needed = [], adjoint = Array(count).fill(0), given = {};
  for (const inputs of D.inputs) for (const i of inputs) used[i] = 1;
  needed[D.output] = 1;
  for (let n = count - 1; n >= 0; n -= 1) {
    if (!used[n]) needed[n] = 1;
    if (needed[n]) D.inputs[n].forEach((i, k) => { if (!k || takes(n, k, v)) needed[i] = 1; });
  }
  const bad = D.inputs.findIndex((inputs, n) => needed[n] && typeof v[n] === "number" && !isFinite(v[n]));
  if (D.required[D.output]) adjoint[D.output] = 1;
  for (let n = count - 1; n >= 0; n -= 1) {
    given[n] = [];
    const a = adjoint[n];
    for (const k of D.wanted[n]) {
      const on = needed[n] && takes(n, k, v), local = on ? f.d[n][k]() : 0, g = on && a !== 0 && (local !== 0 || D.how[n] !== "s") ? a*local : 0;
      given[n][k] = [a, local, g];
      adjoint[D.inputs[n][k]] += g;
    }
  }
  return {f, v, needed, adjoint, given, bad};
};
const takes = (n, k, v) => !D.chooses[n] || k === 0 || D.chooses[n][+v[D.inputs[n][0]]] === k;

// The arguments to which a node passes a gradient on.
const sends = n => D.reached[n] ? D.wanted[n] : [];

// The steps: forward through the operations, the output's 1, and back.
const operations = D.order, steps = [[""], ...operations.map(n => ["f", n])];
if (D.returns) {
  steps.push(["e", D.output]);
  for (const n of [...operations].reverse()) if (sends(n).length) steps.push(["b", n]);
}
const forwardAt = {}, backAt = {};
steps.forEach(([kind, n], i) => { if (kind === "f") forwardAt[n] = i; if (kind === "b") backAt[n] = i; });
const end = steps.findIndex(s => s[0] === "e");

const svg = $("graph"), groups = all(".e", svg), items = all(".q", svg), labels = all(".l", svg);
let at = steps.length - 1, R = null, next = 0, opened = null;
const tags = D.edges.map(e => [labels[next++], e[3] ? labels[next++] : null]);
const point = {...D.constants}, rows = {};

const put = (e, text, room) => {
  e.textContent = text;
  e.style.fontSize = "";
  const length = text ? e.getComputedTextLength() : 0;
  if (length > room) e.style.fontSize = 13*room/length + "px";
};
const show = () => {
  const ok = R !== null, kinks = [];
  D.edges.forEach(([s, t, k, back, room, low], i) => {
    const n = D.items[s], m = D.items[t], on = ok && (R.needed[n] || !D.inputs[n].length);
    const taken = !ok || m < 0 || (R.needed[m] && takes(m, k, R.v));
    const done = at >= (forwardAt[n] || 0), sent = at >= (m < 0 ? end : backAt[m]);
    const g = !ok || !back ? NaN : m < 0 ? 1 : R.given[m][k][2];
    const [above, below] = tags[i], group = groups[i];
    put(above, on && done ? num(R.v[n]) : "", room);
    flip(above, "nt", !taken);
    flip(group, "nt", !taken);
    flip(group, "z", g === 0);
    all(".f,.fh", group).forEach(e => flip(e, "dim", !done));
    if (back) {
      put(below, ok && sent ? num(g) : "", low);
      flip(below, "z", g === 0);
      all(".b,.bh", group).forEach(e => flip(e, "hide", !sent));
    }
  });
  items.forEach((e, i) => {
    const n = D.items[i], kind = steps[at][0];
    flip(e, "cur", n === steps[at][1] && kind !== "e" || n < 0 && kind === "e");
    if (n < 0) return;
    if (R && R.f.c[n]) flip(e, "k", !!R.needed[n] && R.f.c[n]());
    const bends = R && R.needed[n] && R.adjoint[n] && R.f.k[n] && D.wanted[n].length;
    const mark = bends ? R.f.k[n]() : R && D.turns.includes(n) && D.variables.every(x => point[x] === D.at[x]) ? "edge" : "";
    if (mark) kinks.push(N[n] + " \u00b7 " + W[mark]);
    const name = e.querySelector(".n"), badge = e.querySelector(".s");
    if (name) name.textContent = [n === D.output ? "" : N[n], W[mark]].filter(Boolean).join(" \u00b7 ");
    if (badge) {
      const last = Math.max(0, ...D.edges.map(x => D.items[x[0]] === n && x[3] && x[1] < D.items.length - 1 ? backAt[D.items[x[1]]] : 0));
      const done = ok && at >= (last || steps.length - 1);
      put(badge, done ? "\u03a3 " + num(R.adjoint[n]) : "", 56);
      flip(e.querySelector(".d"), "hide", !done);
    }
    e.setAttribute("aria-label", facts(n).map(l => l.textContent).join("; "));
  });
  for (const n in rows) {
    const e = rows[n].out;
    if (!e) continue;
    const a = ok ? R.adjoint[n] : 0;
    e.textContent = d(Y, N[n]) + (!ok ? " = " : isFinite(a) ? is(a) : " = " + W.infinite);
    e.title = ok ? String(a) : "";
  }
  const value = $("value");
  value.textContent = ok ? Y + is(R.v[D.output]) : "";
  value.title = ok ? String(R.v[D.output]) : "";
  $("status").textContent = !ok ? W.give : R.bad >= 0 ? W.undefined + ": " + N[R.bad] + " = " + num(R.v[R.bad]) : kinks.join(", ");
  $("caption").replaceChildren(...caption());
  const slider = $("at");
  slider.value = at;
  $("count").textContent = at + " / " + (steps.length - 1);
  for (const [id, off] of [["first", at === 0], ["back", at === 0], ["step", at === steps.length - 1], ["last", at === steps.length - 1]]) $(id).disabled = off;
};

// "s = a × x = 1.5 × 0.8 = 1.2"
const formula = (n, texts) => D.pieces[n].map(p => typeof p === "string" ? p : texts[p]).join("");
const definition = n => N[n] + " = " + formula(n, D.inputs[n].map(i => N[i]));
const computed = n => {
  if (!R) return definition(n);
  if (!R.needed[n]) return definition(n) + ": " + W.skipped;
  const shown = D.inputs[n].map((i, k) => takes(n, k, R.v) ? num(R.v[i]) : N[i]);
  const read = D.inputs[n].filter((i, k) => takes(n, k, R.v)).map(i => R.v[i]), r = R.v[n];
  const numbers = formula(n, shown.map((t, k) => D.fences[n]?.includes(k) ? fenced(t) : t));
  return definition(n) + eq(read.every(sure)) + numbers + eq(exact(D.how[n], read, r)) + num(r);
};
// "∂y/∂v · ∂v/∂t = 1 × 0.1779 = 0.1779", in two parts: the result is set apart
const product = (n, k) => {
  const [a, local, g] = R.given[n][k], x = N[D.inputs[n][k]];
  const taken = takes(n, k, R.v) && R.needed[n], plain = a === 0 && !isFinite(local);
  const last = eq(exact("m", [a, local], g));
  const numbers = !taken ? " = " + W.skipped + ": " : plain ? " = " : eq(sure(a) && sure(local)) + num(a) + " \u00d7 " + fenced(num(local)) + last;
  return [d(Y, N[n]) + " \u00b7 " + d(N[n], x) + numbers, num(g)];
};
const caption = () => {
  const [kind, n] = steps[at];
  if (!kind) return [W.start];
  if (kind === "f") return [el("b", "f", W.forward), el("span", "", computed(n))];
  const title = el("b", "", W.backward);
  if (!R) return [title];
  if (kind === "e") return [title, el("span", "", d(Y, Y) + " = 1")];
  return [title, ...sends(n).map(k => { const [text, g] = product(n, k); return el("span", "", text, el("b", "", g)); })];
};
const facts = n => {
  const lines = [el("p", "", D.inputs[n].length ? computed(n) : D.variables.includes(n) && R ? N[n] + is(R.v[n]) : N[n])];
  if (!R) return lines;
  if (D.reached[n] || rows[n] && rows[n].out) lines.push(el("p", "grad", d(Y, N[n]) + is(R.adjoint[n])));
  for (const k of sends(n)) {
    const [a, local, g] = R.given[n][k], x = N[D.inputs[n][k]];
    const taken = takes(n, k, R.v) && R.needed[n];
    const text = taken ? W.upstream + " " + num(a) + " \u00d7 " + W.local + " " + d(N[n], x) + " " + fenced(num(local)) : W.skipped;
    const equal = !taken || exact("m", [a, local], g);
    lines.push(el("p", "", "\u2192 " + x + ": " + text + eq(equal) + num(g)));
  }
  return lines;
};

const compute = () => {
  const ready = D.variables.every(n => isFinite(point[n]));
  R = ready ? run(point) : null;
  show();
  if (opened) open(...opened);
};
const go = step => { at = Math.max(0, Math.min(steps.length - 1, step)); show(); };

// The inputs: a slider and a field for each variable.
for (const n of D.variables) {
  const start = D.at[n], size = Math.max(1, 2*Math.abs(start || 1)), ten = 10**Math.floor(Math.log10(size));
  const reach = ten*[1, 2, 5, 10].find(k => k*ten >= size*(1 - 1e-12));
  const slider = el("input"), field = el("input"), row = el("div", "", el("i", D.required[n] ? "" : "u", N[n]), slider, field);
  Object.assign(slider, {type: "range", min: -reach, max: reach, step: reach/100});
  Object.assign(field, {type: "number", step: "any"});
  slider.setAttribute("aria-label", N[n] + " (" + W.slider + ")");
  field.setAttribute("aria-label", N[n]);
  const given = start !== null && start !== undefined;
  field.value = given ? start : "";
  slider.value = given ? start : 0;
  point[n] = given ? start : NaN;
  slider.oninput = () => { field.value = slider.value; field.className = ""; point[n] = +slider.value; compute(); };
  field.oninput = () => {
    const x = field.value === "" ? NaN : +field.value;
    field.className = isFinite(x) ? "" : "bad";
    point[n] = x;
    if (isFinite(x)) slider.value = x;
    compute();
  };
  rows[n] = {slider, field, out: D.required[n] ? row.appendChild(el("output")) : null};
  $("inputs").append(row);
}

// The card: on hover and on keyboard focus.
const card = $("card");
const open = (e, n) => {
  opened = [e, n];
  card.replaceChildren(...facts(n));
  card.hidden = false;
  const b = e.getBoundingClientRect(), c = card.getBoundingClientRect();
  const x = Math.min(Math.max(8, b.left + b.width/2 - c.width/2), innerWidth - c.width - 8);
  const y = b.bottom + c.height + 12 < innerHeight ? b.bottom + 8 : Math.max(8, b.top - c.height - 8);
  card.style.left = x + "px";
  card.style.top = y + "px";
};
const close = () => { card.hidden = true; opened = null; };
items.forEach((e, i) => {
  const n = D.items[i];
  if (n < 0) return;
  e.setAttribute("tabindex", "0");
  e.setAttribute("role", "img");
  e.onmouseenter = e.onfocus = () => open(e, n);
  e.onmouseleave = e.onblur = close;
});
svg.setAttribute("role", "group");

Object.assign($("at"), {min: 0, max: steps.length - 1, step: 1});
$("at").oninput = e => go(+e.target.value);
$("first").onclick = () => go(0);
$("back").onclick = () => go(at - 1);
$("step").onclick = () => go(at + 1);
$("last").onclick = () => go(steps.length - 1);
addEventListener("keydown", e => {
  if (e.key === "Escape") close();
  if (e.target.tagName === "INPUT" || e.altKey || e.ctrlKey || e.metaKey) return;
  const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1}[e.key];
  if (to === undefined) return;
  e.preventDefault();
  go(to);
});
all("[hidden]").forEach(e => { if (e !== card) e.hidden = false; });
compute();
})();
