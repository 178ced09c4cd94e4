"""The only reader of the base: query(name, **parameters), answers kept until what they were read from changes.

A question is asked of the one partition that holds its county, its filing or its report, so it costs a county at
every size; what names none of them is asked of the catalogue.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from dashboard.answers import Answers
from etl import places, store
from etl.base import codec, pointer
from etl.base.pointer import Published

_ROOT = Path(__file__).resolve().parent
_PARAMETER = re.compile(r"\$(\w+)")
_OPEN = 8
_DAMAGE = (
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.FatalException,
    duckdb.InternalException,
)
# Questions of a county that are asked of the comparison of its province.
_COMPARED = frozenset({"copied_pairs"})
_lock = threading.Lock()
_bases: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()

# One page asks a hundred times which set counts; the pointer is read again only when it has been replaced.
_seen: dict[Path, tuple[tuple[int, ...], Published | None]] = {}

_named: list[Path] = []

# The set that a run of a page keeps to, by thread.
_run = threading.local()

Row = dict[str, Any]

# All answers that a county's pages ask for take 25 MB, 13 of them its cells of all years.
_answers = Answers(200_000_000)

Values = tuple[tuple[str, Any], ...]


def use(folder: Path) -> None:
    """Read the database of another folder from now on: for a command that is told which."""
    _named[:] = [folder]


def folder() -> Path:
    """The folder of the database; OVERSIGHT_DATABASE names another than data/database."""
    if _named:
        return _named[0]
    return places.database()


def build() -> Path | None:
    """The catalogue of the published set, another with every build; None when nothing has been built yet."""
    base = _published()
    return base.catalogue if base else None


def readable() -> bool:
    """Whether there is a build, and its catalogue can be read; one that cannot is made anew by the next build."""
    catalogue = build()
    if catalogue is None:
        return False
    try:
        return bool(query("build"))
    except duckdb.Error:
        store.doubt(catalogue)
        return False


def unusable() -> bool:
    """Whether a build is there that cannot be read: of another version of the program, or damaged."""
    return not readable() and bool(pointer.mark(folder()))


@contextmanager
def one_build() -> Iterator[None]:
    """Whatever is asked within is asked of the set that counts now: a page never shows two of them.

    Nor does it look a hundred times which one counts.
    """
    before, _run.base = getattr(_run, "base", None), _published()
    try:
        yield
    finally:
        _run.base = before


def _published() -> Published | None:
    held: Published | None = getattr(_run, "base", None)
    return held or _current()


def _current() -> Published | None:
    place = folder()
    mark = pointer.mark(place)
    seen = _seen.get(place)
    if seen is None or seen[0] != mark:
        found = pointer.published(place)
        # A pointer that has just been damaged does not take away what is open.
        seen = _seen[place] = (mark, found or (seen[1] if seen and mark else None))
        _answers.forget_other_files(frozenset(found.files) if found else ())
    return seen[1]


def holding(county: str) -> Path:
    """The file that holds a county's reports. Raises FileNotFoundError without a build."""
    return _required().holding(county)


def _required() -> Published:
    base = _published()
    if base is None:
        raise FileNotFoundError(f"no database in {folder()}: run python -m etl build")
    return base


def query(name: str, **parameters: Any) -> tuple[Row, ...]:
    """The rows of queries/NAME.sql, not to be changed; parameters the query does not name are left out.

    Counts come as int, other numbers as float. Raises KeyError for a parameter that the query names and does not
    get, FileNotFoundError without a build, duckdb.Error when the database cannot be read.
    """
    named = sorted(set(_PARAMETER.findall(_sql(name))))
    values = tuple((key, parameters[key]) for key in named)
    files = _asked(_required(), name, parameters, "sample" in named)
    answers = [_answer(path, name, values) for path in files]
    return answers[0] if len(answers) == 1 else tuple(chain.from_iterable(answers))


def _asked(base: Published, name: str, parameters: Mapping[str, Any], homeless: bool) -> list[Path]:
    """The files that can answer; filings that nobody could place are in the partition of no division as well."""
    if name in _COMPARED:
        return [base.comparing(parameters["county"])]
    if "county" in parameters:
        files = [base.holding(parameters["county"])]
        return list(dict.fromkeys([*files, base.path])) if homeless else files
    if "report_id" in parameters:
        return [base.of_report(parameters["report_id"])]
    digest = parameters.get("sha256") or parameters.get("prefix")
    if digest:
        found = _answer(base.catalogue, "places", (("start", digest.rstrip("%")[:16]),))
        return [base.of_division(row["division"]) for row in found]
    return [base.catalogue]


def body(sha256: str) -> Row | None:
    """The document of a filing as read: its blocks, and the place of each fact; None when it was not readable."""
    found = query("document", sha256=sha256)
    return dict(codec.decompress(found[0]["body"])) if found else None


def table(name: str, county: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and all rows of a table or view, as far as they stand in the files of a county.

    `name` must be one that `tables` lists.
    """
    (path,) = (
        path for path in _files(county) if name in {row["name"] for row in _answer(path, "tables", ())}
    )
    found = _cursor(path).execute(f'select * from "{name}"')
    return [column[0] for column in found.description or []], found.fetchall()


def tables(county: str) -> tuple[Row, ...]:
    """The tables and views that people may take away, with what they are and how many rows they have."""
    return tuple(row for path in _files(county) for row in _answer(path, "tables", ()))


def _files(county: str) -> tuple[Path, Path]:
    """The partition that holds a county's reports, and the comparison of its province."""
    base = _required()
    return base.holding(county), base.comparing(county)


def _answer(path: Path, name: str, values: Values) -> tuple[Row, ...]:
    kept = _answers.find((path, name, values))
    if kept is None:
        kept = _asked_now(path, name, values)
        _answers.keep((path, name, values), kept)
    return kept


def _asked_now(path: Path, name: str, values: Values) -> tuple[Row, ...]:
    named = {key: list(value) if isinstance(value, tuple) else value for key, value in values}
    try:
        found = _cursor(path).execute(_sql(name), named)
        heads = [column[0] for column in found.description or []]
        # A name or a path stands in hundreds of rows: once in memory is enough.
        once: dict[str, str] = {}
        return tuple(
            {head: _shared(store.plain(value), once) for head, value in zip(heads, row, strict=True)}
            for row in found.fetchall()
        )
    except duckdb.Error as error:
        # A block that does not match its checksum is told by the bare class.
        if type(error) is duckdb.Error or isinstance(error, _DAMAGE):
            store.doubt(path)
        raise


def _shared(value: Any, once: dict[str, str]) -> Any:
    return once.setdefault(value, value) if isinstance(value, str) else value


@lru_cache(maxsize=256)
def _sql(name: str) -> str:
    return (_ROOT / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _cursor(path: Path) -> duckdb.DuckDBPyConnection:
    """A cursor of its own for each call: DuckDB refuses a connection that threads share.

    A few files stay open, those asked last; one that is let go closes when its last cursor is done.
    """
    with _lock:
        if path not in _bases:
            # A question of a county is too small to be divided, and each thread keeps memory of its own.
            _bases[path] = store.attach(path, threads=1)
        _bases.move_to_end(path)
        if len(_bases) > _OPEN:
            _bases.popitem(last=False)
        cursor = _bases[path].cursor()
    cursor.execute("use build")
    return cursor
