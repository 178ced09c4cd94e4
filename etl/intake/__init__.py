"""New filings on their way in: put down, understood in a process of its own, settled by a person, accepted or withdrawn.

Nothing counts before a person has accepted it, and nothing that was accepted is ever deleted.
"""


class Refused(Exception):
    """What could not be done; the message is one Chinese sentence for people. Nothing has been changed."""
