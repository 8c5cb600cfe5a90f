"""Plots, in English."""

TEXTS = {
    "point-outside": "the point {name:cut} = {value} lies outside of its range, {low} to {high}",
    "plot-needs-plotext": "gradcli plot needs plotext: pip install 'gradcli[plot]'",
    "plot-needs-matplotlib": "a plot as a file needs matplotlib: pip install 'gradcli[plot]'",
    "plot.sign-tangent": "tangent",
    "plot.sign-kink": "kink",
    "plot.tangent": "tangent at {name} = {x:rounded}: value {value:rounded}, slope {slope:rounded}",
    "plot.kink": "kink at {name} = {x:rounded}: slope {left:rounded} from the left, {right:rounded} from the right",
    "plot.jump": "jump at {name} = {x:rounded}: from {left:rounded} to {right:rounded}",
    "plot.jump-at-end": "jump at {name} = {x:rounded}",
    "plot.pole": "no bound at {name} = {x:rounded}",
    "plot.overflow": "too large for double precision beside {name} = {x:rounded}",
    "plot.hole": "no value at {name} = {x:rounded}: beside it {value:rounded}",
    "plot.steep": "vertical tangent at {name} = {x:rounded}",
    "plot.end-left": "no value to the left of {name} = {x:rounded}",
    "plot.end-right": "no value to the right of {name} = {x:rounded}",
    "plot.levels": "lines at {levels}; arrows point where the value grows fastest",
    "plot.gradient": "at {point:rounded}: value {value:rounded}, gradient {gradient:rounded}",
    "plot.more": "and {count} more",
    "plot.cut": "{name} is shown from {low:rounded 3} to {high:rounded 3}; the rest is cut off",
}
