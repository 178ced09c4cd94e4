"""Documents and reports as JSON and back: for the cache of what was read, and for the page that shows a filing."""

import json
import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import zstandard

from etl.document import Document, Table
from etl.report import Fact

_LEVEL = 3


def pack(value: object) -> bytes:
    """A frozen dataclass, with all it holds, as Zstandard-compressed JSON: fields in order, without their names."""
    return compress(_plain(value))


def unpack(kind: type[Any], data: bytes) -> Any:
    """The dataclass `kind` from what `pack` made of it; ValueError or TypeError if it was made of another."""
    return _maker(typing.cast(Hashable, kind))(decompress(data))


def compress(value: object) -> bytes:
    """Plain JSON data, compressed."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zstandard.ZstdCompressor(level=_LEVEL).compress(text.encode())


def decompress(data: bytes) -> Any:
    """Plain JSON data back from `compress`; ValueError when damaged."""
    try:
        return json.loads(zstandard.ZstdDecompressor().decompress(data))
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


def page(document: Document, facts: tuple[Fact, ...], first: int) -> bytes:
    """The document with the place of each fact in it, as the table `documents` keeps it.

    `first` is the number of the document's first block, as places count.
    """
    blocks = [
        {
            "kind": "table",
            "page": block.page,
            "aligned": block.aligned,
            "cells": [[cell.text, cell.row, cell.column, cell.rows, cell.columns] for cell in block.cells],
        }
        if isinstance(block, Table)
        else {"kind": "paragraph", "text": block.text, "page": block.page}
        for block in document.blocks
    ]
    places = [
        [fact.schedule, fact.line, fact.column, fact.place.block - first, fact.place.row, fact.place.column]
        for fact in facts
        if fact.place
    ]
    return compress({"blocks": blocks, "places": places, "first": first})


def _plain(value: object) -> object:
    if is_dataclass(value):
        named = [type(value).__name__] if type(value).__name__ in _ALTERNATIVES else []
        return named + [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


_ALTERNATIVES = ("Paragraph", "Table")


def _as_it_is(raw: Any) -> Any:
    return raw


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """How a value of `kind` is made from JSON."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_maker(kind)
    if typing.get_origin(kind) is tuple:
        return _tuple_maker(typing.get_args(kind))
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return _union_maker(typing.get_args(kind))
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return typing.cast(Callable[[Any], Any], kind)
    return _as_it_is


def _dataclass_maker(kind: type[Any]) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    makers = [_maker(hints[field.name]) for field in fields(kind)]
    # A build makes millions of these: only the fields that JSON has otherwise are looked at.
    made = [(at, make) for at, make in enumerate(makers) if make is not _as_it_is]
    named, count = kind.__name__ in _ALTERNATIVES, len(makers)

    def make(raw: list[Any]) -> Any:
        values = raw[1:] if named else raw
        if len(values) != count:
            raise ValueError(f"{kind.__name__} has {count} fields, not {len(values)}")
        for at, make_field in made:
            values[at] = make_field(values[at])
        return kind(*values)

    return make


def _tuple_maker(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kinds[-1] is Ellipsis:
        make = _maker(kinds[0])
        return tuple if make is _as_it_is else lambda raw: tuple(map(make, raw))
    makers = [_maker(kind) for kind in kinds]
    return lambda raw: tuple(make(item) for make, item in zip(makers, raw, strict=True))


def _union_maker(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    several = {kind.__name__: _maker(kind) for kind in kinds if kind is not type(None)}
    if len(several) > 1:
        return lambda raw: several[raw[0]](raw)
    (make,) = several.values()
    return make if make is _as_it_is else lambda raw: None if raw is None else make(raw)
