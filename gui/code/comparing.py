"""What a text that the user typed has to do with the script it began as."""

from __future__ import annotations

from engine.code.script import Script

NETWORK = "The network"


def line_outside(script: Script, text: str) -> int:
    """The first line of `text` that differs from the script outside the functions of the network; 0 for none.

    Spaces at the ends of lines and empty lines at the end count for nothing.
    """
    before, after = _around(script)
    typed = [one.rstrip() for one in text.rstrip().split("\n")]
    for number, line in enumerate(before):
        if number >= len(typed) or typed[number] != line:
            return min(number, len(typed) - 1) + 1
    for back in range(1, len(after) + 1):
        if back > len(typed) - len(before) or typed[-back] != after[-back]:
            return max(1, len(typed) - back + 1)
    return 0


def _around(script: Script) -> tuple[list[str], list[str]]:
    """The lines of a script before its network and those after it."""
    section = next(one for one in script.sections if one.title == NETWORK)
    start = script.text.index(section.text)
    before, after = script.text[:start], script.text[start + len(section.text) :]
    return (
        [one.rstrip() for one in before.split("\n")[:-1]],
        [one.rstrip() for one in after.rstrip().split("\n")[1:]],
    )
