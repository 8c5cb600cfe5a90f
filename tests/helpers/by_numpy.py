"""What NumPy computes of programs over arrays: gradients by complex steps."""

from typing import Any

import numpy as np

from tests.helpers.written_arrays import Program

STEP = 1e-150  # of a complex step, of which nothing is lost (Squire and Trapp 1998)


def _by_real(choose: Any) -> Any:
    def along(x: Any, y: Any = None, *, axis: int | None = None) -> Any:
        if y is not None:
            return np.where(choose(np.real(x), np.real(y)) == np.real(x), x, y)
        if axis is None:
            flat = np.ravel(x)
            return flat[(np.argmax if choose is np.maximum else np.argmin)(flat.real)]
        places = (np.argmax if choose is np.maximum else np.argmin)(np.real(x), axis=axis)
        return np.take_along_axis(x, np.expand_dims(places, axis), axis).squeeze(axis)

    return along


def _logsumexp(x: Any, axis: int | None = None) -> Any:
    top = np.max(np.real(x), axis=axis, keepdims=True)
    return np.log(np.sum(np.exp(x - top), axis=axis)) + (top.reshape(-1)[0] if axis is None else top.squeeze(axis))


def _softmax(x: Any) -> Any:
    whole = np.exp(x - np.max(np.real(x), axis=-1, keepdims=True))
    return whole / np.sum(whole, axis=-1, keepdims=True)


def _atan2(y: Any, x: Any) -> Any:
    y, x = np.broadcast_arrays(np.asarray(y, complex), np.asarray(x, complex))
    slope = (x.real * y.imag - y.real * x.imag) / (x.real**2 + y.real**2)
    return np.arctan2(y.real, x.real) + 1j * slope


THEIRS: dict[str, Any] = {
    "np": np,
    "re": np.real,
    "exp_": np.exp,
    "tanh_": np.tanh,
    "sin_": np.sin,
    "sqrt_": np.sqrt,
    "log_": np.log,
    "relu_": lambda x: np.where(np.real(x) > 0, x, 0),
    "abs_": lambda x: np.where(np.real(x) < 0, -x, x),
    "sigmoid_": lambda x: 1 / (1 + np.exp(-x)),
    "sum_": np.sum,
    "mean_": np.mean,
    "max_": _by_real(np.maximum),
    "min_": _by_real(np.minimum),
    "logsumexp_": _logsumexp,
    "norm_": lambda x, axis=None: np.sqrt(np.sum(x * x, axis=axis)),
    "where_": np.where,
    "stack_": np.stack,
    "softmax_": _softmax,
    "outer_": np.outer,
    "atan2_": _atan2,
}


def by_numpy(program: Program) -> tuple[float, dict[str, Any]]:
    """The value and the gradient."""

    def value(at: dict[str, Any]) -> Any:
        names = dict(THEIRS) | at
        result = None
        for name, text in program.statements:
            result = eval(text, names)
            names[name] = result
        assert np.shape(result) == (), np.shape(result)
        return complex(result)

    at = {name: np.array(value, complex) for name, value in program.at.items()}
    gradient = {}
    for name, array in at.items():
        slopes = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            moved = array.copy()
            moved[place] += STEP * 1j
            slopes[place] = value(at | {name: moved}).imag / STEP
        gradient[name] = slopes
    return value(at).real, gradient
