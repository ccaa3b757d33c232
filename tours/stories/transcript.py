"""What is said in a voice, sentence by sentence with the moment it begins; written as WebVTT by us."""

from typing import NamedTuple

from tours.stories import text

LONGEST = 600  # sentences


class Cue(NamedTuple):
    """A sentence, from when on it is said (milliseconds)."""

    start: int
    sentence: str


def cues(words: str, starts: list[int], milliseconds: int) -> list[Cue]:
    """The sentences of a transcript with the moments that somebody tapped while listening.

    Where taps lack, or do not rise, the sentences after them share the time that is left by their length.
    """
    sentences = text.sentences(words)[:LONGEST]
    rising: list[int] = []
    for start in starts[: len(sentences)]:
        if not (rising[-1] if rising else -1) < start < milliseconds:
            break
        rising.append(start)
    return [Cue(*one) for one in zip(rising + _shared(sentences, rising, milliseconds), sentences, strict=True)]


def vtt(cues: list[Cue], milliseconds: int) -> str:
    """The same as WebVTT (W3C): each sentence until the next."""
    ends = [cue.start for cue in cues[1:]] + [milliseconds]
    blocks = [
        f"{_moment(cue.start)} --> {_moment(max(end, cue.start + 1))}\n{_plain(cue.sentence)}"
        for cue, end in zip(cues, ends, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _shared(sentences: list[str], rising: list[int], milliseconds: int) -> list[int]:
    """When the sentences without a tap begin."""
    done, left = len(rising), sentences[len(rising) :]
    if not left:
        return []
    known = rising[-1] if rising else 0
    spoken = sentences[done - 1 :] if done else sentences
    total = sum(len(one) for one in spoken) or 1
    starts, passed = [], 0
    for at, sentence in enumerate(spoken):
        if at or not done:
            starts.append(known + (milliseconds - known) * passed // total)
        passed += len(sentence)
    return starts


def _moment(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _plain(sentence: str) -> str:
    """Text and nothing else: no markup of WebVTT, no arrow, no line of its own."""
    return " ".join(sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
