"""Which of a table's columns are the form's, and which somebody's own: remarks, serial numbers, figures of another year.

A column is the form's where a head of the form stands above it. The others are told by as much as is known of them: whole
columns by a head that names another year (`other_years`) or by numbers from the first line to the last (`filled`); where
the columns of a table are known, by the numbers below no head, which in many lines are a column and in a few are cells
that have moved (`unheaded`); and where the cells of a line are known by their order alone, by heads that no form has
(`unknown_heads`). Columns that only keep others apart (`spacers`) are nobody's. Where that leaves open whose a number
is, the line is in doubt.
"""
