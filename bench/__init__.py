"""Speed, as ratios against a reference measured in the same run: absolute times depend on the machine."""
