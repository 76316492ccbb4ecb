"""Random edits, undo and redo: what the cards show and what the document holds never disagree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent

from engine.graph import INPUT_PATH
from engine.inside import type_at
from engine.layers import LayerType, stackable_types
from engine.layers.conv2d import Conv2D
from engine.network import Network
from gui.document import Document
from gui.models.layer_cards import card_views
from gui.settings_pane import SettingsPane
from gui.stack.controller import StackController
from gui.stack.view import StackView
from tests.engine.layers.strategies import layers
from tests.gui.conftest import small_draft

KINDS = sorted(stackable_types())
PICK = st.integers(0, 10**6)
LABELS = st.one_of(st.text(max_size=12), st.sampled_from(["<b>x</b>", "ä", "a\nb", "y" * 300]))


class Editing(RuleBasedStateMachine):
    """A stack with its document and settings, and a list of the networks that undo should bring back."""

    @initialize()
    def open(self) -> None:
        self.document = Document(small_draft())
        self.view = StackView()
        self.stack = StackController(self.view, self.document)
        self.pane = SettingsPane(self.document)
        self.past: list[Network] = [self.document.network]
        self.place = 0

    def teardown(self) -> None:
        for one in ("pane", "view", "document"):
            if hasattr(self, one):
                getattr(self, one).deleteLater()
        # Now, and with nothing held: the machine outlives the application.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        vars(self).clear()

    # choosing

    @rule(pick=PICK)
    def choose(self, pick: int) -> None:
        order = self.view.cards.order
        self.view.cards.chosen.emit(order[pick % len(order)], None)

    @rule(picks=st.sets(PICK, min_size=1, max_size=4))
    @precondition(lambda self: self.document.network.layers)
    def choose_several(self, picks: set[int]) -> None:
        layers = self.document.network.layers
        ids = [layers[one % len(layers)].id for one in picks]
        self.view.cards.chosen.emit(ids[0], ids)

    @rule(pick=PICK, shown=st.booleans())
    def open_or_close(self, pick: int, shown: bool) -> None:
        blocks = [
            one for one in self.view.cards.order if (view := self.view.cards.card(one).view) and view.opened is not None
        ]
        if blocks:
            self.view.cards.open_requested.emit(blocks[pick % len(blocks)], shown)

    # editing

    @rule(kind=st.sampled_from([*KINDS, *["Branches"] * 8]), beside=st.booleans())
    def add(self, kind: str, beside: bool) -> None:
        (self.view.beside_requested if beside else self.view.add_requested).emit(kind)
        self.note()

    @rule(kind=st.sampled_from(KINDS), place=st.integers(0, 12))
    def drop(self, kind: str, place: int) -> None:
        self.view.cards.kind_dropped.emit(kind, place)
        self.note()

    @rule(verb=st.sampled_from(["duplicate_layer", "remove_layer", "move_up", "move_down", "toggle_enabled", "cut"]))
    def do(self, verb: str) -> None:
        getattr(self.stack, verb)()
        self.note()

    @rule()
    def copy_and_paste(self) -> None:
        self.stack.copy()
        self.stack.paste()
        self.note()

    @rule(label=LABELS)
    def rename(self, label: str) -> None:
        self.view.cards.renamed.emit(self.document.selected, label)
        self.note()

    @rule(place=st.integers(0, 12))
    @precondition(lambda self: self.document.chosen)
    def move(self, place: int) -> None:
        self.view.cards.moved.emit(self.document.chosen, place)
        self.note()

    @rule(type=layers())
    @precondition(lambda self: self.document.chosen)
    def replace(self, type: LayerType) -> None:
        self.document.apply_network(self.document.network.set_type(self.document.chosen[0], type), "replace")
        self.note()

    @rule(filters=st.integers(1, 9))
    def set_a_setting(self, filters: int) -> None:
        shown = self.pane.form.configured
        if isinstance(shown, Conv2D) and self.pane.form.isEnabled() and shown.filters != filters:
            self.pane.form.field("filters").box.setValue(filters)  # type: ignore[attr-defined]
            self.note(merges=True)

    @rule()
    def undo(self) -> None:
        self.document.undo_stack.undo()
        self.place = max(0, self.place - 1)

    @rule()
    def redo(self) -> None:
        self.document.undo_stack.redo()
        self.place = min(len(self.past) - 1, self.place + 1)

    def note(self, *, merges: bool = False) -> None:
        """Remember the network, as far as the edit changed it; edits in a row of one setting are one step."""
        steps = self.document.undo_stack.index()
        assert steps in ((self.place, self.place + 1) if not merges else (self.place - 1, self.place, self.place + 1))
        if steps == self.place and self.document.network == self.past[steps]:
            return  # nothing was edited, and what can be redone still can
        self.past = [*self.past[:steps], self.document.network]
        self.place = steps

    # what must always be so

    @invariant()
    def undo_knows_the_way_back(self) -> None:
        if hasattr(self, "document"):
            assert self.document.undo_stack.index() == self.place
            assert self.document.network == self.past[self.place]

    @invariant()
    def cards_show_the_network(self) -> None:
        if not hasattr(self, "document"):
            return
        document, cards = self.document, self.view.cards
        shown = [cards.card(one).view for one in cards.order]
        opened = {one.id for one in shown if one is not None and one.opened}
        assert tuple(shown) == card_views(
            document.network, document.analysis, document.advice, document.remedies_of, opened
        )
        top = [one for one in cards.order if "/" not in one]
        assert top == [INPUT_PATH, *(one.id for one in document.network.layers)]

    @invariant()
    def what_is_chosen_is_there_and_drawn_so(self) -> None:
        if not hasattr(self, "document"):
            return
        document, cards = self.document, self.view.cards
        assert document.selected in cards.order
        assert set(document.chosen) <= {one.id for one in document.network.layers}
        drawn = {one for one in cards.order if cards.card(one).selected}
        assert drawn == {document.selected, *document.chosen}
        assert self.pane.form.configured == type_at(document.network, document.analysis.facts, document.selected)

    @invariant()
    def ids_are_given_once(self) -> None:
        if hasattr(self, "document"):
            ids = [one.id for one in self.document.network.layers]
            assert len(set(ids)) == len(ids)


def test_cards_and_document_never_disagree(qapp: Any) -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )


@pytest.mark.slow
def test_cards_and_document_never_disagree_for_long(qapp: Any) -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=20, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
