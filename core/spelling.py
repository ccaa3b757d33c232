"""What people type, in its one spelling: every form and every name goes through here."""

import re
import unicodedata

import regex

BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Signs that nobody sees stay only where the signs beside them need them (Unicode's own properties):
NEEDED = "|".join(
    (
        r"(?<=[\p{jt=D}\p{jt=L}\p{jt=R}]\p{M}*)\u200c(?=[\p{jt=D}\p{jt=R}])",  # between letters that would join
        r"(?<=\p{ccc=9})[\u200c\u200d]",  # after the sign that binds letters of India and around
        r"(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*)\u200d(?=\p{Extended_Pictographic})",  # a family
        r"(?<=[\p{Extended_Pictographic}\p{Han}\p{Mongolian}\p{Myanmar}0-9#*])\p{Variation_Selector}",
    )
)
UNSEEN = regex.compile(rf"(?:{NEEDED})(*SKIP)(*FAIL)|[\p{{Default_Ignorable_Code_Point}}\p{{Cs}}\ufff9-\ufffb]")
CONTROLS = regex.compile(r"(?!\s)\p{Cc}")


def line(text: str) -> str:
    """A text on one line: composed letters, single spaces, and no sign that nobody can see.

    What joins or parts letters (U+200C, U+200D) stays between those that need it.
    """
    return " ".join(unicodedata.normalize("NFC", UNSEEN.sub("", CONTROLS.sub("", text))).split())


def lines(text: str) -> str:
    """A text of several lines, each as in `line`; an empty line at most between two others."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line(one) for one in BREAKS.split(text))).strip("\n")


def slug(text: str, otherwise: str) -> str:
    """A text as it can stand in an address; `otherwise` where it has no letters for that."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:34].strip("-") or otherwise
