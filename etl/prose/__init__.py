"""Reading the numbers in running prose: normalise, find quantities, cut phrases, decide what each one counts."""
