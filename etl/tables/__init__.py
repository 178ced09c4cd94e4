"""The statutory tables of a Document understood: cells in order and by columns, held against each other, as facts."""
