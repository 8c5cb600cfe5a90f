"""Pictures of a computational graph: what is drawn, where it stands, and each form that it is written in.

`scene` says what is to be seen, `layout` where (one layered layout for SVG, PNG and the page; positions do not
depend on values); `svg`, `png`, `page`, `terminal`, `tree`, `dot` and `mermaid` write it out. Nothing here prints.
"""
