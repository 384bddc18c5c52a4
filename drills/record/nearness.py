"""Which names may be meant by one that is typed wrong: all that fit, and none where the nearest is another thing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

# parts of a name so short, and numbers, are codes: another letter makes another country, another digit another year
LONGEST_CODE = 3
CLOSE, BY_EAR = 0.75, 0.65
MOST = 5


def is_one_slip(one: str, other: str) -> bool:
    """Whether two different words differ by one letter added, lost or changed, or by two that changed places."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start:len(one) - end], other[start:len(other) - end]
    return one != other and (max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1]))


def fits(value: str, name: str) -> bool:
    """Whether a name may be meant by a value: alike but for case and signs, or each part a slip away at most."""
    one, other = (re.findall(r"[^\W_]+", text.casefold()) for text in (value, name))
    if "".join(one) == "".join(other):
        return True
    if len(one) != len(other):
        return is_one_slip("".join(one), "".join(other)) and not any(c.isdigit() for c in value)
    return all(left == right or is_slip_of(left, right) for left, right in zip(one, other, strict=True))


def is_slip_of(one: str, other: str) -> bool:
    """Whether one part of a name is another typed wrong; of codes and numbers only where its signs changed places."""
    has_digits = any(c.isdigit() for c in one + other)
    if has_digits or (len(one) == len(other) and len(one) <= LONGEST_CODE):
        return sorted(one) == sorted(other)
    # whoever spells a word by ear keeps its first and last letter; Eastern and Western differ in the first
    is_by_ear = (one[0], one[-1]) == (other[0], other[-1])
    return is_one_slip(one, other) or (is_by_ear and difflib.SequenceMatcher(None, one, other).ratio() >= BY_EAR)


def suggestions(value: str, known: Iterable[str]) -> list[str]:
    """The names of `known` that may be meant by a value, at most MOST, the nearest first."""
    alike = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(value.strip().casefold(), alike, MOST, CLOSE)
    return [alike[name] for name in near if fits(value, name)]


def question(names: list[str]) -> str:
    """Names as a question: did you mean 'a', 'b' or 'c'?"""
    *first, last = (f"'{name}'" for name in names)
    return f"did you mean {', '.join(first)}{' or ' * bool(first)}{last}?"
