"""S1: three hundred hostile files through the real upload route of a real server."""

import json
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests import make
from tests.bench import site
from tests.core.photos import menagerie
from tests.core.photos.hostile import CANARY
from tests.core.photos.lombok import Lombok, lombok_on
from tests.core.photos.menagerie import DRAWN, Beast

DECODER_MIB = 512
GROWTH_MIB = 96  # of the web process; what it holds after all of them is no more than before by this


@pytest.fixture(scope="module")
def lombok() -> Iterator[Lombok]:
    """A server of one web process, and somebody who may send photos."""
    with site.scratch() as scratch, lombok_on(scratch, {}) as served:
        yield served


def test_any_file_is_refused_with_a_sentence_and_leaves_nothing_or_is_drawn_and_bears_nothing(lombok):
    friendly = Beast("friendly", make.jpeg().read(), frozenset({DRAWN}))
    assert lombok.send(friendly)[0] == DRAWN
    before, answers, wrong, names = lombok.memory(), Counter[int](), [], set()
    began = time.monotonic()
    with lombok.watched():
        for beast in menagerie.beasts():
            there = lombok.stored()
            status, answer = lombok.send(beast)
            answers[status] += 1
            names.add(beast.name)
            if fault := fault_of(beast, status, answer, there, lombok.stored()):
                wrong.append(f"{beast.name}: {fault}")
    after = lombok.memory()
    print(
        f"\n{sum(answers.values())} files in {time.monotonic() - began:.0f} s: {dict(answers)}; MiB: web "
        f"{before['web']:.0f} before, {after['web']:.0f} after, {lombok.peak['web']} at most; "
        f"decoder {lombok.peak['decoder']} at most"
    )
    assert wrong == []
    assert sum(answers.values()) == len(names) >= 300
    assert lombok.send(friendly)[0] == DRAWN
    assert after["web"] <= before["web"] + GROWTH_MIB
    assert lombok.peak["decoder"] <= DECODER_MIB


def fault_of(beast: Beast, status: int, answer: bytes, before: tuple, after: tuple) -> str:
    """What is wrong with an answer; nothing, when it is right."""
    if status not in beast.right:
        return f"{status} {answer[:200]!r}"
    if status == DRAWN:
        return "" if json.loads(answer)["sha256"] else "no hash"
    if not json.loads(answer)["error"].endswith("."):
        return f"no sentence: {answer!r}"
    return "" if before == after else f"{status}, and left something: {before} became {after}"


def test_what_was_drawn_is_a_picture_of_ours_and_bears_no_word_of_the_file(lombok):
    stored = list(lombok.media.rglob("*.webp"))
    assert len(stored) % 3 == 0
    for file in stored:
        bytes_ = file.read_bytes()
        assert CANARY not in bytes_
        assert b"<?php" not in bytes_
        assert b"PK\x03\x04" not in bytes_
        width, height = menagerie.readable(bytes_)
        assert max(width, height) <= 2048 or width * height <= 4_010_000


@pytest.mark.parametrize(
    ("file", "status"),
    [(b"GIF89a" + bytes(50), 415), (b"\xff\xd8\xff" + bytes(50), 422), (b"\xff\xd8\xff" * 9_000_000, 413)],
)
def test_the_page_says_the_same_sentence_as_the_answer_to_our_javascript(lombok, file, status):
    beast = Beast("page", file, frozenset({status}))
    as_json, as_page = lombok.send(beast), lombok.send(beast, accept="text/html")
    assert as_json[0] == as_page[0] == status
    sentence = json.loads(as_json[1])["error"]
    assert sentence.endswith(".")
    assert sentence in as_page[1].decode()
    assert b"<!doctype html>" in as_page[1]
