"""One spelling for what is searched and what is searched in, so that both databases find the same (SQLite, PostgreSQL).

Case, accents, the dots of a Turkish i, Arabic vowel signs and the shapes of alef and ya make no difference.
"""

import re
import unicodedata

ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None})
LATIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
MOST = 12  # words that are searched for


def folded(text: str) -> str:
    """Words and figures in one spelling, with single spaces between."""
    apart = unicodedata.normalize("NFKD", text.translate(ARABIC)).casefold().translate(LATIN)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare.replace("_", " ")))


def wanted(text: str) -> list[str]:
    """The words to search for, each as the beginning of a word."""
    return folded(text).split()[:MOST]
