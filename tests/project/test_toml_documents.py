import tomllib
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from analyzer.project.documents import parse_toml


def places(text):
    document = parse_toml("a.toml", dedent(text).lstrip("\n"))
    assert document.problems == ()
    return {key: (tuple(place.key), tuple(place.value)) for key, place in document.places.items()}


def test_keys_and_values_of_tables():
    assert places(
        """
        name = "x" # = no key
        a."b.c".'d' = 1

        [ limits . inner ]
        steps   = 3
        """
    ) == {
        ("name",): ((1, 1), (1, 8)),
        ("a",): ((2, 1), (2, 1)),
        ("a", "b.c"): ((2, 1), (2, 1)),
        ("a", "b.c", "d"): ((2, 1), (2, 15)),
        ("limits",): ((4, 1), (4, 1)),
        ("limits", "inner"): ((4, 1), (4, 1)),
        ("limits", "inner", "steps"): ((5, 1), (5, 11)),
    }


def test_arrays_of_tables_count_and_nest():
    found = places(
        """
        [[env.prod.workflows]]
        name = "a"
        [env.prod.workflows.limits]
        steps = 1
        [[env.prod.workflows]]
        name = "b"
        """
    )
    assert found[("env", "prod", "workflows", 0, "name")] == ((2, 1), (2, 8))
    assert found[("env", "prod", "workflows", 0, "limits", "steps")] == ((4, 1), (4, 9))
    assert found[("env", "prod", "workflows", 1)] == ((5, 1), (5, 1))
    assert found[("env", "prod", "workflows", 1, "name")] == ((6, 1), (6, 8))


def test_arrays_inline_tables_and_comments_between():
    found = places(
        """
        a = [ # first ]
          "x",
          [1, {b = [2]}], # second
        ]
        c = { d = "}", e.f = [] }
        """
    )
    assert found[("a", 0)] == ((2, 3), (2, 3))
    assert found[("a", 1, 1, "b")] == ((3, 8), (3, 12))
    assert found[("a", 1, 1, "b", 0)] == ((3, 13), (3, 13))
    assert found[("c", "d")] == ((5, 7), (5, 11))
    assert found[("c", "e", "f")] == ((5, 16), (5, 22))


def test_strings_of_all_four_kinds_hide_their_content():
    found = places(
        '''
        a = """
        b = 1
        [x]
        \\""" "quoted"""""
        c = \'\'\'
        d = 2\'\'\'
        e = '\\'
        f = "\\"#"
        g = 1
        '''
    )
    assert set(found) == {("a",), ("c",), ("e",), ("f",), ("g",)}
    assert found[("g",)] == ((9, 1), (9, 5))


def test_a_missing_entry_has_the_place_of_the_table_around_it():
    document = parse_toml("a.toml", "x = 1\n[limits]\nsteps = 3\n")
    assert document.place(("limits", "cpu")).key == (2, 1)
    assert document.place(("other",)).value == (1, 1)


def test_what_does_not_parse_is_a_problem_with_a_place():
    document = parse_toml("a.toml", "a = 1\nb = = 2\n")
    assert (document.data, document.places) == ({}, {})
    assert [(problem.message, tuple(problem.position)) for problem in document.problems] == [("Invalid value", (2, 5))]


def test_an_end_too_early_is_placed_at_the_end():
    document = parse_toml("a.toml", 'a = 1\nb = "')
    assert [tuple(problem.position) for problem in document.problems] == [(2, 6)]


def test_nesting_no_parser_takes_is_a_problem():
    document = parse_toml("a.toml", "a = " + "[" * 50_000 + "]" * 50_000)
    assert [problem.message for problem in document.problems] == ["nested too deeply"]


_KEYS = st.one_of(st.text("ab-1_", min_size=1, max_size=3), st.sampled_from(["a b", "x.y", 'q"q', "#", "é", "[", "="]))
_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(["", "#", "]", "}", ",", '"', "\\", "a = 1", "'''", '"""'])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=8,
)


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value):
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case list():
            return "[\n" + "".join(f"  {_written(item)}, # ]\n" for item in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{_quoted(key)} = {_written(item)}" for key, item in value.items()) + " }"


def _paths(value, path=()):
    entries = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for key, item in entries:
        yield (*path, key)
        yield from _paths(item, (*path, key))


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
def test_every_entry_has_a_place_and_its_value_stands_there(data):
    text = "".join(f"{_quoted(key)} = {_written(value)} # =\n" for key, value in data.items())
    document = parse_toml("a.toml", text)
    assert document.data == tomllib.loads(text) == data
    assert set(document.places) == set(_paths(data))
    lines = text.split("\n")
    for key in _paths(data):
        value = data
        for part in key:
            value = value[part]
        line, column = document.places[key].value
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert rest.startswith(_written(value))
