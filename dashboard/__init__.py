"""The screens: what the pages share."""
