"""Small widgets that the whole window is made of."""

from gui.widgets.buttons import icon_button, link_button, push_button
from gui.widgets.job_bar import JobBar
from gui.widgets.labels import ElidedLabel, Heading, PlainLabel, Rule
from gui.widgets.panels import Card, EmptyState, ErrorPanel, Picture
from gui.widgets.tabs import SegmentedTabs

__all__ = [
    "Card",
    "ElidedLabel",
    "EmptyState",
    "ErrorPanel",
    "Heading",
    "JobBar",
    "Picture",
    "PlainLabel",
    "Rule",
    "SegmentedTabs",
    "icon_button",
    "link_button",
    "push_button",
]
