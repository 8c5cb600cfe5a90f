// The sentences of a step back where there is no point.
hooks.symbolic = e => {
  if (e.end) return fill(D.sentences.begins, {node: W.end});
  if (!D.rows[e.t]) return D.symbolic[e.reader]?.[e.k];
  const n = D.items[e.t], isSum = D.how[n] === "a", others = into[e.t].filter(o => o !== e).map(o => named(o.x)).join("\u00b7");
  return fill(D.sentences[isSum ? "formula.passes" : "formula.other"], {node: called(n), local: d(n, e.x) + " = " + (isSum ? 1 : others)});
};
