"""The functions of a script that divide images, as `engine.data.splitting` and `engine.data.grouping` do it."""

from __future__ import annotations

from typing import Final

BY_CLASS: Final = '''\
def split(images, validation, test):
    """Divide the images of each class by chance, every time alike."""
    parts = [], [], []
    for number in range(len(CLASS_NAMES)):
        members = [one for one in images if one[1] == number]
        members.sort(key=lambda one: draw(one[0]))
        last = share(len(members), test)
        middle = share(len(members), validation)
        middle = min(middle, max(0, len(members) - last - 1))
        parts[2].extend(members[:last])
        parts[1].extend(members[last : last + middle])
        parts[0].extend(members[last + middle :])
    return parts
'''

FOLDS: Final = '''\
def split(images, folds, fold, test):
    """Deal the images of each class into folds; one is for validation."""
    parts = [], [], []
    first = 0
    for number in range(len(CLASS_NAMES)):
        members = [one for one in images if one[1] == number]
        members.sort(key=lambda one: draw(one[0]))
        start = share(len(members), test)
        parts[2].extend(members[:start])
        least, more = divmod(len(members) - start, folds)
        for one in range(folds):
            end = start + least + ((one - first) % folds < more)
            parts[1 if one == fold - 1 else 0].extend(members[start:end])
            start = end
        first = (first + more) % folds
    return parts
'''

DEAL: Final = '''\
def deal(images, shares):
    """Deal whole groups of images to cells that have these shares."""
    groups = {}
    for one in images:
        groups.setdefault(group(one[0]), []).append(one[1])
    order = sorted(
        groups,
        key=lambda name: (-len(groups[name]).bit_length(), draw(name)),
    )
    totals = [0] * len(CLASS_NAMES)
    for _, number in images:
        totals[number] += 1
    missing = [
        [total * one if one > 0 else float("-inf") for one in shares]
        for total in totals
    ]
    overall = [len(images) * one for one in shares]
    cells = {}
    for name in order:
        numbers = groups[name]
        held = [(one, numbers.count(one)) for one in sorted(set(numbers))]
        if len(held) == 1:
            scores = missing[numbers[0]]
        else:
            scores = [
                sum(n / totals[one] * missing[one][cell] for one, n in held)
                for cell in range(len(shares))
            ]
        best = max(
            range(len(shares)),
            key=lambda cell: (scores[cell], overall[cell]),
        )
        for one, n in held:
            missing[one][best] -= n
            overall[best] -= n
        cells[name] = best
    leave_none_empty(order, groups, cells, shares)
    dealt = [[] for _ in shares]
    for one in images:
        dealt[cells[group(one[0])]].append(one)
    return dealt


def leave_none_empty(order, groups, cells, shares):
    """Give each cell a group of each class that has enough of them."""
    used = [cell for cell, one in enumerate(shares) if one > 0 or cell == 0]
    inside = [{cell: [] for cell in used} for _ in CLASS_NAMES]
    for name in order:
        numbers = groups[name]
        label = max(sorted(set(numbers)), key=numbers.count)
        inside[label][cells[name]].append(name)
    for own in inside:
        for cell in used:
            most = max(own.values(), key=len)
            if not own[cell] and len(most) > (cell != 0):
                cells[most[-1]] = cell
                own[cell].append(most.pop())
'''

GROUP_BY_FOLDER: Final = '''\
def group(name):
    """The folder below the class folder, whose images stay together."""
    names = name.split("/", {depth})
    return names[{above}] if len(names) > {depth} else name
'''

GROUP_BY_NAME: Final = '''\
def group(name):
    """The beginning of a file's name; images with the same stay together."""
    name = name.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    found = {sign}.join({cut}.split({sign}, {pieces})[:{pieces}])
    return found if found.strip({sign}) else stem
'''

DRAW: Final = '''\
def draw(name):
    """Turn a name into a number that looks like chance."""
    text = f"{SPLIT_SEED}:{name}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, digest_size=8).digest()
'''

SHARE: Final = '''\
def share(count, part):
    """How many of some images a part gets; very few are not divided."""
    if part == 0 or count < 3:
        return 0
    return min(max(1, round(count * part)), count - 1)
'''
