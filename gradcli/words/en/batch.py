"""Rows: errors, and why a row has no numbers, in English."""

TEXTS = {
    "rows-empty": "[{file:quoted}|standard input] is empty; its first line must hold the names of the columns",
    "rows-overwritten": (
        "{file:quoted} is one of the files of rows and would be overwritten; give --output another name"
    ),
    "rows-none": "there is no file of rows at {file:quoted}",
    "rows-ending": "{file:quoted} has none of the endings {endings}; say with --from what it is",
    "rows-workbook": "{file:quoted} is a spreadsheet's own file; save the sheet as CSV there, and read that",
    "rows-stdin": "say with --from what standard input holds: csv, tsv, jsonl, parquet or arrow",
    "rows-no-table": "[{file:quoted}|standard input] is no {form} file, or a damaged one",
    "rows-array": (
        "[{file:quoted}|standard input] is one JSON array; JSON Lines have an object a line, as {command} writes them"
    ),
    "address-unusable": "cannot use the address {file:quoted}: {reason}",
    "cell-too-long": "[{file:quoted}|standard input], line {line}: a cell has more than {limit:,} characters",
    "row-too-long": "[{file:quoted}|standard input], line {line}: this line has no end; is a quotation mark left open?",
    "column-missing": (
        "[{file:quoted}|standard input] has no {missing:column|columns} {missing:quoted}, "
        "and --at has no value for {missing:it|them}[; its columns are {names:listed}]"
        "[; did you mean {suggestion:quoted}?]"
    ),
    "column-given": "{name:quoted} is a column of [{file:quoted}|standard input], and has a value by --at besides",
    "column-twice": "[{file:quoted}|standard input] has two columns of the name {name:quoted}",
    "column-type": "the column {name:quoted} of [{file:quoted}|standard input] has no numbers; it is {type:quoted}",
    "column-tied": (
        "the column {name:quoted} of [{file:quoted}|standard input] has as many lists as numbers; "
        "take the lists out[, or say with {option} that it is an array]"
    ),
    "column-decimal-comma": (
        "[{file:quoted}|standard input], line {line}: {cell:quoted} in the column {name:quoted} has a decimal comma; "
        "with {options} it is read"
    ),
    "column-clash": "{name:quoted} is the name of a column of the rows and of one that is written; see --prefix",
    "column-mixed": "the column {name:quoted} has values that this form cannot hold in one column",
    "bad-row": "[{file}, ][line {line}|row {row}]: {reason:said}",
    "columns-differ": "[{file:quoted}|standard input] has other columns than the rows before; --format jsonl holds it",
    "workers-need-dask": "--workers and --scheduler need Dask: pip install 'gradcli{extra}'",
    "scheduler-unreachable": "there is no Dask scheduler at {address:quoted} ({reason})",
    "scheduler-lost": (
        "the Dask scheduler is gone, and what was not complete with it[; {option} goes on with the files that are "
        "missing]"
    ),
    "workers-missing": (
        "the Dask cluster at {address:quoted} has got no worker in {seconds} {seconds:second|seconds}; "
        "start some with {command}"
    ),
    "workers-failed": "the workers cannot do it ({reason})",
    "batch-needs-arrays": "[more than {rows:,} rows need|this needs] NumPy and pyarrow: pip install 'gradcli{extra}'",
    "compiler-missing": (
        "--engine c needs a C compiler, but there is [no {compiler:quoted}, which CC names|none]; "
        "install one, such as {such}"
    ),
    "compiler-failed": "{compiler:quoted} cannot compile for --engine c: {told}",
    "row.empty": "{name:quoted} is empty",
    "row.no-number": "{cell:quoted} in the column {name:quoted} is no number in double precision",
    "row.shape": "{name:quoted} is {shape:said}, and {wanted:said} in the expression",
    "row.cells": "{count} {count:cell|cells} under {names} {names:column|columns}",
    "row.twice": "{name:quoted} is there more than once",
    "row.no-object": "this is no JSON object",
    "row.slope": "there is no slope for {names:listed}",
    "row.value": "there is no value",
}
