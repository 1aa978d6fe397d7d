"""What the number of a loop's turns is called."""

from __future__ import annotations

import pytest

from analyzer.analyses.turns import turns_of

NAMES = {
    "items": "len(items)",
    "enumerate(items)": "len(items)",
    'enumerate(sorted(order["items"]))': 'len(order["items"])',
    "order.get('lines').items()": "len(order.get('lines'))",
    "event.payload.items.entries()": "len(event.payload.items)",
    "Object.entries(event.payload.map)": "len(event.payload.map)",
    "range(n)": "n",
    "range(len(items))": "len(items)",
    "range(len(list(items)))": "len(items)",
    "range(len(a) + len(b))": "len(a) + len(b)",
    "chunk(items, 10)": "len(chunk(items, 10))",
    "enumerate(items, 1)": "len(enumerate(items, 1))",
    "range(1, n)": "len(range(1, n))",
    "range(a) or range(b)": "len(range(a) or range(b))",
    "list(a) + list(b)": "len(list(a) + list(b))",
    "set(items)": "len(set(items))",
    "a + b.items()": "len(a + b.items())",
    "x.items(1)": "len(x.items(1))",
    "range()": "len(range())",
    'sorted(find(")"))': 'len(sorted(find(")")))',
}


@pytest.mark.parametrize("text", NAMES)
def test_the_turns_are_named_after_what_has_as_many_elements(text: str) -> None:
    assert turns_of(text) == NAMES[text]
