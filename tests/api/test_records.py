"""Records and entities: what the package's classes of fields are made of."""

import pickle
from functools import cached_property

import pytest

from analyzer.records import entity, field, field_names, record, replace


@record
class Point:
    """A record with a default, and one field that is not compared."""

    x: int
    y: int = 0
    label: str = field(compare=False, repr=False, default="")


@record
class Nothing:
    """A record without fields."""


@record
class Circle:
    """A record that keeps what it has computed."""

    radius: int

    @cached_property
    def steps(self) -> list[int]:
        """A list that is made once."""
        return [self.radius]


@entity
class Basket:
    """An entity of which each has a list of its own."""

    name: str
    items: list[str] = field(default_factory=list)


def test_records_are_compared_hashed_and_shown_by_their_fields() -> None:
    assert Point(1, 2, "a") == Point(1, y=2, label="b")
    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b"))
    assert Point(1) != Point(2)
    assert Point(1) != (1, 0, "")
    assert repr(Point(1, 2, "a")) == "Point(x=1, y=2)"
    assert repr(Nothing()) == "Nothing()"
    assert len({Nothing(), Nothing()}) == 1


def test_only_fields_can_be_set() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Basket("b").price = 3  # type: ignore[attr-defined]


def test_fields_are_matched_replaced_and_listed_in_order() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
    assert replace(Point(1, 2, "a"), y=3) == Point(1, 3)
    assert replace(Point(1, 2, "a"), y=3).label == "a"
    assert field_names(Point(1)) == ("x", "y", "label")


def test_entities_are_themselves_and_share_no_default() -> None:
    one, other = Basket("b"), Basket("b")
    assert one != other
    one.items.append("egg")
    assert other.items == []
    assert Basket("b", ["egg"]).items == ["egg"]


def test_a_record_with_cached_properties_computes_them_once() -> None:
    circle = Circle(2)
    assert circle.steps is circle.steps
    assert circle == Circle(2)


def test_records_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Point(1, 2, "a"))).label == "a"
