"""Amounts that depend on what is not constant: sums of products of symbols, such as ``3 + 2·len(items)``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from analyzer.records import field, record

MAX_TERMS = 24
"""Products in one amount; what has more is no longer of use to anyone, and is said to be unbounded."""

Product = tuple[str, ...]


@record
class Amount:
    """A number and coefficients times products of symbols, none negative. Infinite: nothing bounds it.

    Comparison is of the number and of each term by itself, so that ``largest`` gives an amount at least as large as each of
    several, whatever the symbols stand for.
    """

    number: float = 0
    terms: Mapping[Product, float] = field(default_factory=dict)

    def __add__(self, other: Amount) -> Amount:
        if not other.terms:
            return Amount(self.number + other.number, self.terms) if other.number else self
        return _limited(self.number + other.number, _sums(self.terms, other.terms))

    def __sub__(self, other: Amount) -> Amount:
        terms = {product: factor - other.terms.get(product, 0) for product, factor in self.terms.items()}
        return Amount(max(self.number - other.number, 0), {product: factor for product, factor in terms.items() if factor > 0})

    def __bool__(self) -> bool:
        return bool(self.number or self.terms)

    def times(self, factor: float | str) -> Amount:
        """The amount so many times: a number, or a symbol for one."""
        match factor:
            case str():
                terms = {tuple(sorted((*product, factor))): value for product, value in self.terms.items()}
                return _limited(0, {**terms, (factor,): self.number} if self.number else terms)
            case _:
                terms = {product: value * factor for product, value in self.terms.items()} if factor else {}
                return Amount(self.number * factor if factor else 0, terms)

    @property
    def constant(self) -> float | None:
        """The number it is, or None if symbols are in it."""
        return None if self.terms else self.number

    def text(self, number: Callable[[float], str] = lambda value: f"{value:g}") -> str:
        """The amount as a person reads it, the number first; ``number`` writes coefficients."""
        if math.inf in (self.number, *self.terms.values()):
            return "unbounded"
        parts = [
            _term(product, self.terms[product], number) for product in sorted(self.terms, key=lambda item: (len(item), item))
        ]
        return " + ".join([number(self.number), *parts] if self.number or not parts else parts)


def _term(product: Product, factor: float, number: Callable[[float], str]) -> str:
    symbols = "·".join(product)
    return symbols if factor == 1 else f"{number(factor)}·{symbols}"


def amount(value: float) -> Amount:
    """A number as an amount."""
    return Amount(value)


def symbol(name: str) -> Amount:
    """An amount that is not known, by a name."""
    return Amount(0, {(name,): 1})


NOTHING = Amount()
UNBOUNDED = Amount(math.inf)


def total(parts: Iterable[Amount]) -> Amount:
    """The sum of amounts."""
    result = NOTHING
    for part in parts:
        result = result + part
    return result


def largest(parts: Iterable[Amount]) -> Amount:
    """An amount at least as large as each of several: the largest number, and the largest coefficient of each product."""
    first: Amount | None = None
    for part in parts:
        first = part if first is None else _larger(first, part)
    return NOTHING if first is None else first


def _larger(one: Amount, other: Amount) -> Amount:
    if not other.terms and other.number <= one.number:
        return one
    if not one.terms and one.number <= other.number:
        return other
    terms = dict(one.terms)
    for product, factor in other.terms.items():
        terms[product] = max(terms.get(product, 0), factor)
    return _limited(max(one.number, other.number), terms)


def smallest(parts: Iterable[Amount]) -> Amount:
    """The smallest of several amounts by their numbers; those with symbols count as larger."""
    return min(parts, key=lambda part: (len(part.terms), part.number))


def _sums(one: Mapping[Product, float], other: Mapping[Product, float]) -> Mapping[Product, float]:
    terms = dict(one)
    for product, factor in other.items():
        terms[product] = terms.get(product, 0) + factor
    return terms


def _limited(number: float, terms: Mapping[Product, float]) -> Amount:
    return Amount(number, terms) if len(terms) <= MAX_TERMS else UNBOUNDED
