"""The county's return with all it is held against: last year, the county's own filing, the form's identities."""

from dataclasses import dataclass, field

from etl.checks.rule import Finding
from etl.returns.compare import Carried, Difference, carry_over, differences, imbalances
from etl.returns.drafts import Draft, Stated, drafts
from etl.returns.roll_up import RollUp
from etl.returns.unit import Filing


@dataclass(frozen=True, slots=True)
class CountyReturn:
    """A county's return for a year; `before` is the roll-up of the year before, `filed` the county's own filings.

    `by_hand` says which unit's figures were entered, by whom and when; empty for none.
    """

    rolled: RollUp
    before: RollUp
    filed: Filing | None
    filed_before: Filing | None
    by_hand: str
    sample: bool
    stated: tuple[Stated, ...]
    drafts: tuple[Draft, ...] = field(init=False)
    carried: tuple[Carried, ...] = field(init=False)
    differences: tuple[Difference, ...] = field(init=False)
    imbalances: tuple[Finding, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every reader of the return asks for."""
        differing = differences(self.rolled, self.filed) if self.filed else ()
        for name, value in (
            ("drafts", drafts(self.rolled, self.stated)),
            ("carried", carry_over(self.rolled, self.before, self.filed_before)),
            ("differences", differing),
            ("imbalances", imbalances(self.rolled)),
        ):
            object.__setattr__(self, name, value)
