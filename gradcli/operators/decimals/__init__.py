"""The table's functions in `decimal`, to as many digits as the current context has.

Every function takes Decimals and returns one whose relative error is a few units of the context's last digit, near its
zeros too: what cancels is computed with as many digits more. Exponents are practically unbounded, so that nothing
under- or overflows. Arguments may have more digits than the context, as a float has: what rounds a number before it is
used (`abs`, a minus) must not touch them. Outside of the domain the functions raise `decimal.InvalidOperation` or
`DivisionByZero`, and where the work would not stay bounded (the sine of 1e100000, the remainder of exp(1e9)),
`decimal.Overflow`.

DLMF is the Digital Library of Mathematical Functions (dlmf.nist.gov).
"""
