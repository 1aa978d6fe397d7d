"""The one dispatch from a kind of flow node to what it does (a test holds it against ``tree.Node``)."""

from __future__ import annotations

from analyzer.builder import expressions, statements
from analyzer.builder.branches import branch
from analyzer.builder.loops import loop
from analyzer.builder.machine import Handlers
from analyzer.builder.names import lookup
from analyzer.flow import tree

HANDLERS: Handlers = {
    tree.Name: lookup,
    tree.Literal: expressions.literal,
    tree.Member: expressions.member,
    tree.Call: expressions.call,
    tree.Await: expressions.await_,
    tree.Bind: expressions.bind_value,
    tree.Function: expressions.function,
    tree.Record: expressions.record,
    tree.Template: expressions.template,
    tree.Operation: expressions.operation,
    tree.Items: expressions.items,
    tree.Spread: expressions.spread,
    tree.Default: expressions.default,
    tree.Yield: expressions.yield_,
    tree.Write: expressions.write,
    tree.Class: expressions.class_,
    tree.Opaque: expressions.opaque,
    tree.Branch: branch,
    tree.Loop: loop,
    tree.Exit: statements.exit_,
    tree.Block: statements.block,
    tree.Try: statements.try_,
    tree.With: statements.with_,
    tree.Import: statements.import_,
    tree.Export: statements.nothing,
    tree.TypeDeclaration: statements.nothing,
}
