// The numbers of a page: doubles, of which four digits are shown.
const {abs, max, min} = Math, plus = (x, y) => x + y, times = (x, y) => x*y;
const rational = x => x, start = point => point, shown = x => x, valued = x => x, typed = x => x, spelled = () => {}, keep = () => {}, isRational = () => false, roughly = () => "";

// "=" stands where the numbers are exact as they are printed, else "≈". Four digits times four digits are eight, which a
// double holds; a sum of far-apart terms has more, and of a function only the values at 0 and 1 are known to be exact.
const sure = x => typeof x === "boolean" || !isFinite(x) || +num(x).replace(/\u2212/g, "-") === x;
const exact = (how, all, r, [a, b] = all) => typeof r === "boolean" || [...all, r].every(sure) && (how === "s" || !isFinite(r) ||
  (how === "a" ? !(a*b) || abs(Math.log(a*a/b/b)) < 36 :
  how === "m" ? r || !(a && b) :
  how === "p" ? r && b % 1 === 0 && b*b < 4e3 || !a :
  ![a, b].some(x => x && x !== 1)));
// Many exact numbers are multiplied and added as they are printed: as integers of which the last digit is that of 10^e.
const decimal = x => {
  const [m, e = "0"] = num(x).replace(/\u2212/g, "-").split("e"), [whole, part = ""] = m.split(".");
  return [BigInt(whole + part), e - part.length];
};
const equal = ([m, e], [n, f]) => m*10n**BigInt(max(0, e - f)) === n*10n**BigInt(max(0, f - e));
const precise = (all, r, combine, start) => [...all, r].every(x => sure(x) && isFinite(x)) && equal(all.map(decimal).reduce(combine, start), decimal(r));
const multiplies = (all, r) => precise(all, r, ([m, e], [n, f]) => [m*n, e + f], [1n, 0]) || all.every(sure) && sure(r) && !isFinite(r);
const adds = (all, r) => precise(all, r, ([m, e], [n, f]) => {
  const least = min(e, f);
  return [m*10n**BigInt(e - least) + n*10n**BigInt(f - least), least];
}, [0n, 0]);
