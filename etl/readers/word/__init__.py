"""What the Word formats share: numbering, tables row by row, and the parts of the older file formats."""
