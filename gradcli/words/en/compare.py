"""The algebraic way and the graph way, in English."""

TEXTS = {
    "compare-needs-sympy": "gradcli compare needs SymPy: pip install 'gradcli[algebra]'",
    "compare.way": "Work",
    "compare.operations": "Operations",
    "compare.seconds": "Seconds",
    "compare.function": "function",
    "compare.function-written-out": "function, written out",
    "compare.derivative": "algebra: derivative as derived",
    "compare.derivative-shared": "algebra: common subexpressions taken out",
    "compare.forward-backward": "graph: forward and backward pass",
    "compare.algebra": "Algebra",
    "compare.graph": "Graph",
    "compare.agree": "Agree",
    "compare.yes": "yes",
    "compare.no": "no",
    "compare.stopped": "stopped",
    "compare.failed": "failed",
    "compare.time": "the algebra was stopped after {limit} s",
    "compare.memory": "the algebra ran out of memory",
    "compare.depth": "the algebra failed: the expression is nested too deeply for SymPy",
    "compare.error": "the algebra failed",
}
