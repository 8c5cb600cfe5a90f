// Both passes. A node is needed if no choice leaves it out; a gradient of exactly 0 is not passed on, nor
// is one to what the branch taken is without, be it infinite.
const takes = (n, k, v) => !G.chooses[n] || k === 0 || G.chooses[n][+v[G.inputs[n][0]]] === k;
const both = x => {
  const f = F(start(x)), v = f.v.map(shown), used = [], needed = [], reached = [], adjoints = Array(v.length).fill(rational(0)), given = {};
  for (const inputs of G.inputs) for (const i of inputs) used[i] = 1;
  needed[G.output] = 1;
  for (let n = v.length - 1; n >= 0; n -= 1) {
    if (!used[n]) needed[n] = 1;
    if (needed[n]) G.inputs[n].forEach((i, k) => { if (!k || takes(n, k, v)) needed[i] = 1; });
  }
  const bad = G.inputs.findIndex((inputs, n) => needed[n] && typeof v[n] === "number" && !isFinite(v[n]));
  if (G.required[G.output]) [adjoints[G.output], reached[G.output]] = [rational(1), 1];
  for (let n = v.length - 1; n >= 0; n -= 1) {
    given[n] = [];
    const a = adjoints[n];
    for (const k of G.wanted[n]) {
      const on = reached[n] && needed[n] && takes(n, k, v), local = on ? f.d[n][k]() : 0, g = on && a != 0 && (local != 0 || G.how[n] !== "s") ? times(a, local) : rational(0);
      given[n][k] = [on, local, g];
      adjoints[G.inputs[n][k]] = plus(adjoints[G.inputs[n][k]], g);
      if (on) reached[G.inputs[n][k]] = 1;
    }
  }
  return {f, v, needed, adjoint: adjoints.map(shown), given, bad};
};
