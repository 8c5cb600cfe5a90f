"""Documents set by a real LaTeX: pdflatex, and lualatex where there are Japanese words."""

import re
import subprocess
from pathlib import Path

from tests.helpers.forks import PATIENCE

HEAD = r"""\documentclass[a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,longtable}
"""
BLACK_BOX = 1.0  # points by which a line may be too wide: nobody sees it


def document(body: str, preamble: str = "") -> str:
    """A document on A4 around what is to be pasted into one."""
    return f"{HEAD}{preamble}\\begin{{document}}\n{body}\\end{{document}}\n"


def typeset(text: str, folder: Path) -> list[str]:
    """What LaTeX complains of: errors, and what is wider or higher than its place; the PDF is `sheet.pdf`."""
    (folder / "sheet.tex").write_text(text, encoding="utf-8")
    engine = "lualatex" if "luatexja" in text else "pdflatex"
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"]
    for _ in range(2):  # a longtable knows its widths the second time
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
    log = (folder / "sheet.log").read_text(encoding="utf-8", errors="replace")
    wide = re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too (?:wide|high)\).*", log)
    complaints = [f"too large by {size}pt" for size in wide if float(size) > BLACK_BOX]
    complaints += re.findall(r"^!.*|.*Missing character.*", log, re.MULTILINE)
    return complaints if done.returncode == 0 else [*complaints, f"{engine} failed"]


def pages(pdf: Path) -> list[str]:
    """The text of each page."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, timeout=PATIENCE, check=True)
    return told.stdout.decode().split("\f")[:-1]
