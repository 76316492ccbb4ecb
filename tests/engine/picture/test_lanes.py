from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.picture.lanes import ENTRANCE, Route, Spot, arrange


@st.composite
def graphs(draw: st.DrawFn) -> list[tuple[str, tuple[str, ...]]]:
    """Layers that read the entrance or earlier ones; the last reads all that nobody else does."""
    nodes: list[tuple[str, tuple[str, ...]]] = []
    for number in range(draw(st.integers(0, 8))):
        names = [ENTRANCE, *(name for name, _ in nodes)]
        inputs = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        nodes.append((f"n{number}", tuple(inputs)))
    read = {one for _, inputs in nodes for one in inputs}
    loose = tuple(name for name, _ in nodes if name not in read) or (ENTRANCE,)
    return [*nodes, ("last", loose)]


@given(graphs())
def test_every_layer_stands_right_of_what_it_reads_and_alone(nodes: list[tuple[str, tuple[str, ...]]]) -> None:
    found = arrange(nodes)
    for name, inputs in nodes:
        assert all(found.spots[one].column < found.spots[name].column for one in inputs)
    assert len(set(found.spots.values())) == len(nodes) + 1
    assert {(edge.source, edge.target) for edge in found.edges} == {(one, name) for name, ins in nodes for one in ins}
    assert found.spots["last"].lane == 0


@given(graphs())
def test_a_straight_line_runs_through_no_layer(nodes: list[tuple[str, tuple[str, ...]]]) -> None:
    found = arrange(nodes)
    standing = set(found.spots.values())
    for edge in found.edges:
        if edge.route is Route.STRAIGHT:
            source, target = found.spots[edge.source], found.spots[edge.target]
            between = {Spot(column, source.lane) for column in range(source.column + 1, target.column)}
            assert not between & standing


def test_a_chain_is_one_lane() -> None:
    found = arrange([("a", ("",)), ("b", ("a",)), ("c", ("b",))])
    assert (found.columns, found.lanes, found.levels) == (3, 1, 0)
    assert {one.route for one in found.edges} == {Route.STRAIGHT}


def test_a_shortcut_goes_over_what_it_skips() -> None:
    found = arrange([("a", ("",)), ("b", ("a",)), ("add", ("b", ""))])
    routes = {(one.source, one.target): one.route for one in found.edges}
    assert routes["", "add"] is Route.OVER
    assert found.lanes == found.levels == 1


def test_branches_stand_below_each_other() -> None:
    found = arrange([("a", ("",)), ("b", ("",)), ("c", ("",)), ("join", ("a", "b", "c"))])
    assert [found.spots[name].lane for name in "abc"] == [0, 1, 2]
    assert found.spots["join"] == Spot(1, 0)


def test_shortcuts_that_overlap_go_above_each_other() -> None:
    nodes = [("a", ("",)), ("b", ("a",)), ("c", ("b", "")), ("d", ("c", "a", ""))]
    levels = [one.level for one in arrange(nodes).edges if one.route is Route.OVER]
    assert len(set(levels)) == len(levels) == 2
