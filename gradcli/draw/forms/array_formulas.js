// Matrices, formulas and sentences of a page of arrays.
// The texts of numbers with the same decimals, of which the largest has so many digits.
const fixed = (x, places) => {
  const text = abs(x).toFixed(places), long = abs(x).toFixed(min(100, places + 60)), end = long.indexOf(".") + (places && places + 1), kept = long.slice(0, end);
  const isTie = /^\.?50*$/.test(long.slice(end)), chosen = isTie && kept.slice(-1) % 2 === 0 ? kept : text;
  return (x < 0 && +chosen ? "\u2212" : "") + chosen;
};
const plain = text => +text.replace(/\u2212/g, "-");
const texts = (list, places) => {
  const isPlain = list.every(x => typeof x === "number" && isFinite(x) && !spelled(x)), largest = isPlain ? max(0, ...list.map(abs)) : 0;
  if (!isPlain || largest && (largest < 1e-4 || largest >= 1e15)) return list.map(x => x === null ? "\u2212" : roughly(x, places) + num(x, places));
  const after = max(0, places - 1 - largest.toExponential(places - 1).split("e")[1]), found = list.map(x => fixed(x, after));
  if (!found.every((text, k) => plain(text) === list[k])) return found;
  const least = max(...found.map(text => (text.split(".")[1] || "").replace(/0+$/, "").length));
  return list.map(x => fixed(x, least));
};
const inRows = (n, list) => {
  const [width] = D.shapes[n].slice(-1), rows = [];
  for (let k = 0; k < list.length; k += width) rows.push(list.slice(k, k + width));
  return rows;
};
const extent = n => "(" + D.shapes[n].join("\u00d7") + ")";
// As it is typed, "[[1, 2], [3, 4]]"; of a large array its shape.
const nested = (n, list) => {
  if (!list) return extent(n);
  if (!D.shapes[n].length) return num(list[0]);
  const rows = inRows(n, texts(list, 4)).map(row => "[" + row.join(", ") + "]");
  return D.shapes[n].length < 2 ? rows[0] : "[" + rows.join(", ") + "]";
};
const isExact = (n, list) => !list || texts(list, 4).every((text, k) => typeof list[k] !== "number" || spelled(list[k]) || plain(text) === list[k]);
const isNow = (n, list) => list ? eq(isExact(n, list)) + nested(n, list) : " " + extent(n);

// What is said.
const called = n => fill(W.node, {label: D.labels[n]});
const pointSaid = () => D.arrays.map(([name]) => D.names.indexOf(name)).map(n => named(n) + isNow(n, R ? R.value[n] : null)).join(", ");
const defined = i => called(D.items[i]) + " " + D.defined[D.items[i]];
const computed = i => {
  const n = D.items[i];
  return D.defined[n] + (!R ? "" : isNeeded(n) ? isNow(n, R.value[n]) : ": " + W.skipped);
};
const carried = e => D.back[e.i][0] + (R ? isNow(e.x, R.sent[e.i]) : "");
const fork = n => fill(D.fork, {name: named(n), count: out[n].length, sum: d(Y, n) + (R ? isNow(n, R.slope[n]) : "")});
const caption = at => {
  const [kind, i] = steps[at], lines = sends[i] || [];
  if (kind === "start") return [W.start, R ? [[pointSaid()]] : []];
  if (kind === "forward") return [W.forward + ": " + defined(i), [[computed(i)]]];
  const forks = [...new Set(lines.map(e => e.x))].filter(x => out[x].length > 1 && summedAt[x] === at);
  return [W.backward + ": " + (kind === "end" ? W.end : defined(i)), [...lines.map(e => [carried(e), D.back[e.i][1]]), ...forks.map(x => [fork(x)])]];
};
const facts = i => {
  const n = D.items[i], leaf = !D.defined[n], isKnown = R && (leaf || S.step >= forwardAt[i]), lines = [];
  lines.push(leaf ? named(n) + (R && nested(n, R.value[n]) !== N[n] ? isNow(n, R.value[n]) : "") : called(n) + " " + (isKnown ? computed(i) : D.defined[n]));
  if (R && out[n].length && S.step >= summedAt[n]) lines.push(d(Y, n) + isNow(n, R.slope[n]));
  if (S.step >= backAt[i]) lines.push(...sends[i].map(e => "\u2192 " + carried(e)));
  return lines;
};
