"""From readings to the files of the base: kept readings, each filing's place, partitions, the pointer to what counts."""
