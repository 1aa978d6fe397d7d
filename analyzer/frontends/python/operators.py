"""How operators are written, by libcst's classes for them."""

from __future__ import annotations

import libcst as cst

PREFIX: dict[type[cst.CSTNode], str] = {cst.Not: "!", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~"}
"""Operators before their operand; ``not`` is spelled as JavaScript's."""

INFIX: dict[type[cst.CSTNode], str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
}
"""Operators between two operands."""

FLAT = INFIX.keys() - {cst.Power}
"""Left-associative ones, of which a chain is one Operation."""

COMPARISONS: dict[type[cst.CSTNode], str] = {
    cst.Equal: "==",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}
"""Comparisons; ``!=`` and ``<>`` have one class, which knows its spelling."""

AUGMENTED: dict[type[cst.CSTNode], str] = {
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
}
"""Augmented assignments, by the operator they apply."""
