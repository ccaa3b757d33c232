"""Makes the voices of the demo, by hand: eSpeak NG reads our own words (pip install espeakng-loader==0.2.4).

`python -m tests.voices` writes tours/stories/demo_voices: a sound, and when each of its sentences begins.
eSpeak NG is GPL-3.0-or-later and no part of Buurtspoor; what it says is ours, under the licence of the project.
"""

import ctypes
import json
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame

from tours.stories import demo, text

RETRIEVAL, BY_SIGN, UTF8, RATE, PACE = 2, 1, 1, 1, 150  # as speak_lib.h has them; words a minute
PAUSE = 0.45  # seconds after a sentence
BITS = 24_000  # a second
Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def main() -> None:
    """Each story of the demo that names a voice."""
    speaker, starts = Speaker(), {}
    demo.VOICES.mkdir(exist_ok=True)
    for one in demo.told():
        if "voice" in one:
            said = [speaker.say(sentence) for sentence in text.sentences(demo.spoken(one["words"]))]
            begins = [sum(map(len, said[:at])) for at in range(len(said))]
            starts[one["voice"]] = [length * 1000 // (2 * speaker.rate) for length in begins]
            target = demo.VOICES / f"{one['voice']}.ogg"
            _write(target, b"".join(said), speaker.rate)
            print(f"{target.name}: {target.stat().st_size / 1024:.0f} KB")
    (demo.VOICES / "starts.json").write_text(json.dumps(starts) + "\n", "utf-8")


class Speaker:
    """The Dutch voice of eSpeak NG; `rate` in samples a second."""

    def __init__(self) -> None:
        import espeakng_loader  # only here: nothing else of the project needs it

        self._library, self._samples = ctypes.CDLL(espeakng_loader.get_library_path()), bytearray()
        self.rate = self._library.espeak_Initialize(RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
        self._heard = Heard(self._hear)
        self._library.espeak_SetSynthCallback(self._heard)
        if self._library.espeak_SetVoiceByName(b"nl"):
            raise LookupError("no Dutch voice")
        self._library.espeak_SetParameter(RATE, PACE, 0)

    def say(self, sentence: str) -> bytes:
        """A sentence and the pause after it, 16 bits a sample."""
        self._samples.clear()
        said = sentence.encode()
        self._library.espeak_Synth(said, ctypes.c_size_t(len(said) + 1), 0, BY_SIGN, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        return bytes(self._samples) + bytes(2 * round(PAUSE * self.rate))

    def _hear(self, samples: int | None, count: int, _events: object) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, 2 * count)
        return 0


def _write(target: Path, samples: bytes, rate: int) -> None:
    """As Opus in Ogg."""
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.planes[0].update(samples.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    with av.open(target, "w", format="ogg", container_options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream("libopus", rate=48_000, layout="mono")
        stream.bit_rate = BITS
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    main()
