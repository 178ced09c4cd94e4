"""Pages as printed: characters and rules by their place → lines, words, grids and tables; shared by PDF, OFD and scans."""
