import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.project.documents import parse_jsonc


def problems(text):
    return [(*problem.position, problem.message) for problem in parse_jsonc("a.jsonc", text).problems]


def test_comments_trailing_commas_and_places():
    text = """{
  // a comment
  "name": "x", /* another */ "n": [1, -2.5, true, null,],
  "é😀": { "deep": "\\u00e9\\n" },
}
// at the end"""
    document = parse_jsonc("a.jsonc", text)
    assert document.problems == ()
    assert document.data == {"name": "x", "n": [1, -2.5, True, None], "é😀": {"deep": "é\n"}}
    assert (document.place(("name",)).key, document.place(("name",)).value) == ((3, 3), (3, 11))
    assert document.place(("n", 1)).value == (3, 39)
    assert document.place(("é😀", "deep")).key == (4, 11)


def test_columns_of_the_first_line_are_those_of_the_text():
    document = parse_jsonc("a.json", '\ufeff{"a": 1}')
    assert (document.place(("a",)).key, document.place(("a",)).value) == ((1, 2), (1, 7))


def test_of_two_members_of_one_name_the_last_holds():
    document = parse_jsonc("a.json", '{"a": 1, "a": 2}')
    assert document.data == {"a": 2}
    assert document.place(("a",)).value == (1, 15)


@pytest.mark.parametrize("text", ["", "[]", "1", "{} {}", '"x"', "// nothing"])
def test_what_is_no_object_is_a_problem(text):
    assert parse_jsonc("a.json", text).data == {}
    assert len(problems(text)) == 1


@pytest.mark.parametrize(
    "value", ["'x'", "`x`", "0x10", "+1", "01", ".5", "undefined", "NaN", "x", "1 + 1", "/x/", "1n", "() => 1"]
)
def test_javascript_that_is_no_json_is_a_problem(value):
    text = f'{{"a": {value}, "b": 1}}'
    document = parse_jsonc("a.json", text)
    assert document.data == {"a": None, "b": 1}
    assert problems(text) == [(1, 7, "not JSON")]


@pytest.mark.parametrize(("text", "column"), [("{a: 1}", 2), ("{'a': 1}", 2), ("{1: 1}", 2), ('{"b": 1, a() {}}', 10)])
def test_keys_are_strings_in_double_quotes(text, column):
    assert problems(text) == [(1, column, "a key must be a string in double quotes")]


def test_a_spread_is_a_problem():
    assert problems('{"a": 1, ...b}') == [(1, 10, "not JSON")]


def test_what_is_readable_around_an_error_is_kept():
    document = parse_jsonc("a.json", '{"a": 1, "b": , "c": 3}')
    assert document.data["a"] == 1
    assert document.problems


@pytest.mark.parametrize("text", ['{"a":' * 5_000, '{"a": ' + "[" * 5_000 + "]" * 5_000 + "}", "{" * 5_000])
def test_deep_nesting_is_a_problem(text):
    assert parse_jsonc("a.json", text).problems


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=4), _VALUES, max_size=4), st.booleans())
def test_whatever_json_writes_is_read_back(data, escape):
    document = parse_jsonc("a.json", json.dumps(data, indent=1, ensure_ascii=escape))
    assert document.problems == ()
    assert document.data == data


@given(st.text(st.sampled_from('{}[]",:\\/*\n 1atrue.-e\u2028é'), max_size=40))
def test_nothing_makes_it_raise(text):
    parse_jsonc("a.json", "{" + text)
