"""Whether a column has one of many values, said in a way that both databases are quick at."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


def among(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether the column has one of the values of the parameter of that name, a list.

    However many there are the statement stays the same, and so need not be made anew.
    """
    return _Among(column, bindparam(name, type_=_Listed(column.type)))


def numbers_of(name: str) -> ColumnElement[int]:
    """The whole numbers of the parameter of that name, a JSON list, as a column to select.

    To insert so many rows as one takes half the time that one after the other takes.
    """
    rows = _Each(bindparam(name, type_=Text())).table_valued("value")
    return cast(rows.c.value, Integer)


class _Listed(TypeDecorator[list[Any]]):
    """Many values as one: an array, or where there are none its JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(self.of))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        listed = list(value or ())
        return listed if dialect.name == "postgresql" else json.dumps(listed, ensure_ascii=False)


class _Each(FunctionElement[Any]):
    """Each value of a JSON list, as a row with a column `value`."""

    inherit_cache = True


class _Among(FunctionElement[bool]):
    """Not of the type of truths, which SQLite would be asked to compare with 1, by no index."""

    inherit_cache = True


@compiles(_Among, "sqlite")
def _among_json(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, listed = element.clauses
    values = func.json_each(listed).table_valued("value")
    return compiler.process(column.in_(select(values.c.value)), **more)


@compiles(_Each, "sqlite")
def _each_json(element: _Each, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **more)})"


@compiles(_Each, "postgresql")
def _each_text(element: _Each, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **more)} AS JSON))"


@compiles(_Among, "postgresql")
def _among_array(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, listed = element.clauses
    return compiler.process(column == any_(listed), **more)
