"""Text recognition that runs offline: the models come with the installed wheels, nothing is fetched."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import onnxruntime
import rapidocr
from rapidocr.ch_ppocr_det import TextDetOutput

from etl.readers.scans.picture import Box, Pixels

_HEIGHT = 48
# Single figures are read worse without some room behind them; more than this only takes longer.
_NARROWEST = 128
_WIDEST = 3200
# Pixels recognised at once, a line behind the other: what bounds the memory.
_BATCH_WIDTH = 2400
_DETECTION_SIDE = 1280


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


def located(page: Pixels) -> list[Box]:
    """The boxes of the lines of text on a grey page."""
    scale = min(1.0, _DETECTION_SIDE / max(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = _detector()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    if not isinstance(found, TextDetOutput) or found.boxes is None:
        return []
    return [_box(corners / scale, page.shape) for corners in found.boxes]


def _box(corners: Pixels, shape: tuple[int, ...]) -> Box:
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return Box(max(int(left), 0), max(int(top), 0), min(int(right), shape[1]), min(int(bottom), shape[0]))


def _sized(line: Pixels) -> Pixels:
    width = min(max(round(line.shape[1] * _HEIGHT / line.shape[0]), 1), _WIDEST)
    return cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR)


def _batch(lines: Sequence[Pixels]) -> Iterator[Text]:
    width = max(_NARROWEST, *(line.shape[1] for line in lines))
    block = np.zeros((len(lines), 3, _HEIGHT, width), np.float32)
    for row, line in enumerate(lines):
        block[row, :, :, : line.shape[1]] = line / 127.5 - 1
    session, alphabet = _recogniser()
    (scores,) = session.run(None, {session.get_inputs()[0].name: block})
    for row, line in enumerate(lines):
        yield _decoded(scores[row], alphabet, width / line.shape[1])


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


@cache
def _recogniser() -> tuple[onnxruntime.InferenceSession, Sequence[str]]:
    options = onnxruntime.SessionOptions()
    # Batches differ in width: an arena would keep the widest for good.
    options.enable_cpu_mem_arena = False
    # Threads that wait in a loop take the processor from the other filings of a build.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(_model("rec"), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, (*characters, " ")


@cache
def _detector() -> rapidocr.RapidOCR:
    # Given the path of the model, the package has no reason to look for one on the network.
    return rapidocr.RapidOCR(params={"Det.model_path": _model("det"), "Global.log_level": "error"})


def _model(kind: str) -> str:
    (path,) = (Path(rapidocr.__file__).parent / "models").glob(f"*_{kind}_*.onnx")
    return str(path)
