"""Text recognition that runs offline: the models come with the installed wheels, nothing is fetched."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import onnxruntime

from etl.readers.scans.picture import Box, Pixels

_HEIGHT = 48
# Single figures are read worse without some room behind them; more than this only takes longer.
_NARROWEST = 128
_WIDEST = 3200
# Pixels recognised at once, a line behind the other: what bounds the memory.
_BATCH_WIDTH = 1600
_DETECTION_SIDE = 960
# The model for finding lines takes sides that are multiples of this.
_STEP = 32
_LIKELY = 0.3
_SURELY = 0.5
_THINNEST = 3
_BEYOND = 0.8
_THREADS = 2


class Text(NamedTuple):
    """A recognised line: for each character how sure the model is (0 to 1) and where it stands (0 to 1)."""

    text: str
    sure: tuple[float, ...]
    places: tuple[float, ...]


def recognised(lines: Sequence[Pixels]) -> list[Text]:
    """The text of each line; a line is a grey picture of one line of print."""
    sized = [_sized(line) for line in lines]
    found: dict[int, Text] = {}
    batch: list[int] = []
    for index in sorted(range(len(lines)), key=lambda index: sized[index].shape[1]):
        if batch and (len(batch) + 1) * sized[index].shape[1] > _BATCH_WIDTH:
            found.update(zip(batch, _batch([sized[at] for at in batch]), strict=True))
            batch = []
        batch.append(index)
    if batch:
        found.update(zip(batch, _batch([sized[at] for at in batch]), strict=True))
    return [found[index] for index in range(len(lines))]


def located(page: Pixels, most: float = 1.0) -> list[Box]:
    """The boxes of the lines of text on a grey page, looked for at no more than a part `most` of its scale."""
    scale = min(most, _DETECTION_SIDE / max(page.shape))
    height, width = (max(round(side * scale / _STEP), 1) * _STEP for side in page.shape)
    small = cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA)
    block = np.repeat((small / np.float32(127.5) - 1)[None, None], 3, axis=1)
    (likely,) = _run("det", block)
    return [_scaled(box, page.shape[1] / width, page.shape[0] / height) for box in _text_areas(likely[0, 0])]


def _text_areas(likely: Pixels) -> Iterator[tuple[float, float, float, float]]:
    """The areas in which text is likely: the model draws the core of a line, the letters reach beyond it."""
    cores = cv2.dilate((likely > _LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(cores)
    for label, (left, top, width, height, area) in enumerate(boxes[1:].tolist(), 1):
        inside = slice(top, top + height), slice(left, left + width)
        if min(width, height) < _THINNEST or likely[inside][labels[inside] == label].mean() < _SURELY:
            continue
        beyond = _BEYOND * area / (width + height)
        yield left - beyond, top - beyond, left + width + beyond, top + height + beyond


def _scaled(area: tuple[float, float, float, float], across: float, down: float) -> Box:
    left, top, right, bottom = area
    return Box(max(int(left * across), 0), max(int(top * down), 0), int(right * across), int(bottom * down))


def _sized(line: Pixels) -> Pixels:
    width = min(max(round(line.shape[1] * _HEIGHT / line.shape[0]), 1), _WIDEST)
    return cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR)


def _batch(lines: Sequence[Pixels]) -> Iterator[Text]:
    width = max(_NARROWEST, *(line.shape[1] for line in lines))
    block = np.zeros((len(lines), 3, _HEIGHT, width), np.float32)
    for row, line in enumerate(lines):
        block[row, :, :, : line.shape[1]] = line / 127.5 - 1
    (scores,) = _run("rec", block)
    for row, line in enumerate(lines):
        yield _decoded(scores[row], _alphabet(), width / line.shape[1])


def _decoded(scores: Pixels, alphabet: Sequence[str], stretch: float) -> Text:
    """The likeliest character of each step, runs of one once, blanks (class 0) dropped."""
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    kept = [(start, end) for start, end in pairwise((*starts, len(best))) if best[start]]
    return Text(
        "".join(alphabet[best[start] - 1] for start, _ in kept),
        tuple(float(sure[start:end].max()) for start, end in kept),
        tuple(min((start + end) / 2 / len(best) * stretch, 1.0) for start, end in kept),
    )


def _run(kind: str, block: Pixels) -> list[Pixels]:
    session = _session(kind)
    outcome: list[Pixels] = session.run(None, {session.get_inputs()[0].name: block})
    return outcome


@cache
def _alphabet() -> Sequence[str]:
    characters = _session("rec").get_modelmeta().custom_metadata_map["character"].splitlines()
    return (*characters, " ")


@cache
def _session(kind: str) -> onnxruntime.InferenceSession:
    """The model that finds lines (`det`) or the one that reads them (`rec`), loaded once a process."""
    options = onnxruntime.SessionOptions()
    # Batches differ in width: an arena would keep the widest for good.
    options.enable_cpu_mem_arena = False
    # Further threads take the processor from the other filings of a build and hardly shorten a page.
    options.intra_op_num_threads = _THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(_model(kind), options, providers=["CPUExecutionProvider"])


def _model(kind: str) -> str:
    # Importing the package would load much that finding its models does not need.
    package = find_spec("rapidocr")
    assert package is not None and package.origin is not None
    (path,) = (Path(package.origin).parent / "models").glob(f"*_{kind}_*.onnx")
    return str(path)
