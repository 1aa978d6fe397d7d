"""Sound Python programs laid out in every way that is allowed: white space, comments, continuations, line ends."""

from __future__ import annotations

from random import Random

_SPACES = ("", "", "", " ", "  ", "\t", " \\\n ", " \\\r\n ")
_GAPS = (" ", " ", "  ", "\t", " \\\n ")
_BREAKS = ("", "", "", " ", "\n", "\n   # c\n  ", "\r\n ", "\n\n")
_ENDS = ("\n", "\n", "\n", " # c\n", "\r\n", "\n\n", "\n  \n", "\n# c\n", "\n      # deep\n", " \n", "; \n")
_ATOMS = (
    "x",
    "é",
    "1",
    "None",
    "''",
    "'a#b'",
    '"""a\n  b"""',
    "'a' 'b'",
    "f'{x}#{{'",
    "f'{x!r:>{y}} {{'",
    "f'''{\nx\n}'''",
    "f'{f\"{x}\"}'",
    "rb'x'",
    "y.z",
    "x[:]",
)


class Layout:
    """Makes programs from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def program(self) -> str:
        """A few statements, sound as a module."""
        head = self.random.choice(("", "", "# c\n", "\n\n", '"""doc"""\n'))
        return head + "".join([self._statement("", 0) for _ in range(self.random.randrange(1, 5))])

    def _space(self) -> str:
        return self.random.choice(_SPACES)

    def _gap(self) -> str:
        return self.random.choice(_GAPS)

    def _break(self) -> str:
        return self.random.choice(_BREAKS)

    def _end(self) -> str:
        return self.random.choice(_ENDS)

    def _expression(self, depth: int = 0) -> str:
        if depth > 1 or self.random.random() < 0.4:
            return self.random.choice(_ATOMS)
        a, b, c = (self._expression(depth + 1) for _ in range(3))
        space, gap, line = self._space(), self._gap(), self._break()
        return self.random.choice(
            (
                f"({line}{a}{line})",
                f"({a},{line})",
                f"f({line}{a}{line},{line}k{space}={space}{b}{line},)",
                f"x{space}.{space}y{space}({line}*{space}{a}{line}, **{b})",
                f"[{line}{a}{line},{line}{b}]",
                f"{{{line}{a}{space}:{space}{b}{line},{line}**{c}}}",
                f"({a}{gap}+{gap}{b}{gap}is{gap}not{gap}{c})",
                f"({a}{gap}and{gap}{b}{gap}if{gap}not{gap}{c}{gap}else{gap}{a})",
                f"x[{line}{a}:{line}{b}, *{c}]",
                f"(lambda{gap}a{space}={space}{a}:{space}{b})",
                f"[{a}{line} for x in{gap}({b}){line} if{gap}({c})]",
                f"{{{a}{space}:{b} for x in{gap}({c})}}",
                f"(x :={space}{a})",
                f"({space}-{space}{a}{gap}<{gap}{b})",
            )
        )

    def _simple(self) -> str:
        a, b = self._expression(), self._expression()
        space, gap, line = self._space(), self._gap(), self._break()
        return self.random.choice(
            (
                a,
                f"x{space}={space}y[{a}]{space}={space}{b}",
                f"x{space}:{space}({a}){space}={space}{b}",
                f"x.y{space}+={space}{a}",
                f"return{gap}{a}",
                "pass",
                f"del{gap}x{space},{space}y.z",
                f"raise{gap}({a}){gap}from{gap}({b})",
                f"assert{gap}({a}){space},{space}{b}",
                f"import{gap}a.b{gap}as{gap}c{space},{space}d",
                f"from{gap}..a{gap}import{space}({line}b{gap}as c{line},{line})",
                f"type X[T]{space}={space}({a})",
                f"global{gap}x",
            )
        )

    def _suite(self, indent: str, depth: int) -> str:
        if self.random.random() < 0.25:
            return self._space() + self._simple() + self.random.choice(("", "; " + self._simple())) + self._end()
        inner = indent + self.random.choice((" ", "    ", "  "))
        lines = [self._statement(inner, depth + 1) for _ in range(self.random.randrange(1, 3))]
        return self.random.choice(("\n", "\n", " # h\n")) + "".join(lines)

    def _statement(self, indent: str, depth: int) -> str:
        before = self.random.choice(("", "", "", indent + "# lead\n", "\n", "   # odd\n"))
        if depth > 1 or self.random.random() < 0.4:
            more = self.random.choice(("", "", ";" + self._space() + self._simple()))
            return before + indent + self._simple() + more + self._end()
        return before + indent + self.random.choice(self._compounds(indent, depth))

    def _compounds(self, indent: str, depth: int) -> tuple[str, ...]:
        a, b, c, d = (self._suite(indent, depth) for _ in range(4))
        x, y = f"({self._expression()})", f"({self._expression()})"
        space, gap, line = self._space(), self._gap(), self._break()
        decorators = self.random.choice(("", f"@{space}{x}\n{indent}", f"@{x} # c\n\n{indent}@y\n# q\n{indent}"))
        parameters = f"({line}a{space}:{space}int{space}={space}{x}{line},{line}/, b=2, *c, d, **e{line})"
        return (
            f"if{gap}{x}{space}:{a}{indent}elif{gap}{y}:{b}{indent}else{space}:{c}",
            f"if{gap}{x}:{a}",
            f"for{gap}x{space},{space}y{gap}in{gap}{x}{space}:{a}{indent}else:{b}",
            f"while{gap}{x}{space}:{a}",
            f"with{gap}{x}{gap}as{gap}x{space},{space}{y}:{a}",
            f"async with{gap}({line}{x}{gap}as x{line},{line}):{a}",
            f"try{space}:{a}{indent}except{gap}(A, B){gap}as e:{b}{indent}else:{c}{indent}finally{space}:{d}",
            f"try:{a}{indent}except*{space}{x}:{b}",
            f"{decorators}async{gap}def{gap}f{space}[T]{parameters}{space}->{space}{x}{space}:{a}",
            f"{decorators}def f(){space}:{a}",
            f"{decorators}class{gap}A{space}({line}B,{space}m{space}={space}C){space}:{a}",
            f"match{gap}{x}{space}:\n{indent}  case{gap}[a, *b]{gap}if{gap}{y}{space}:{self._suite(indent + '  ', depth)}",
            f"match{gap}{x}{space}:\n{indent} case{gap}{{'k': C(x=1), **r}} | (A | D()):{self._suite(indent + ' ', depth)}",
        )
