"""The county's own return: its units' tables added up, what is in doubt, and the documents that say so."""
