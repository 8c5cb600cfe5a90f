"""Pictures of a computational graph.

`scene` says what is to be seen, `layout/` where it stands (positions do not depend on values), `forms/` write it out.
Nothing here prints.
"""
