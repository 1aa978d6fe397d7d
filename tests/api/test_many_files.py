"""Files spread over executors: in order, whole, and one that goes wrong costs none of the others."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from analyzer import Analysis, ConfigurationError, Options, analyze_paths, project_options

FIXTURES = Path(__file__).parents[2] / "fixtures"
SOURCES = [str(FIXTURES / topic) for topic in ("showcase", "steps", "branches")]
FACTS = Options(facts=True)


def test_processes_give_the_same_in_the_same_order() -> None:
    here = list(analyze_paths(SOURCES, options=FACTS))
    with ProcessPoolExecutor(2) as executor:
        there = list(analyze_paths(SOURCES, executor=executor, options=FACTS))
    assert len(there) > 20
    assert [analysis.path for analysis in there] == [analysis.path for analysis in here]
    assert there == here
    assert [analysis.documents for analysis in there] == [analysis.documents for analysis in here]
    assert [analysis.findings for analysis in there] == [analysis.findings for analysis in here]


def test_findings_are_worked_out_where_the_file_is_read() -> None:
    (here,) = analyze_paths([str(FIXTURES / "showcase/order-fulfilment/source.ts")], options=FACTS)
    assert "findings" not in pickle.loads(pickle.dumps(here)).__dict__
    with ThreadPoolExecutor(1) as executor:
        (there,) = analyze_paths([here.path], executor=executor, options=FACTS)
    assert pickle.loads(pickle.dumps(there)).__dict__["findings"] == here.findings


class UnportableError(Exception):
    """An exception no other process can be given."""

    def __reduce__(self) -> str:
        raise TypeError("not to be pickled")


@pytest.fixture(params=["none", "threads"])
def executor(request: pytest.FixtureRequest) -> Executor | None:
    return ThreadPoolExecutor(2) if request.param == "threads" else None


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the analysis of files with certain names fail, as a bug would."""
    import analyzer.api

    analyze = analyzer.api.analyze_file

    def break_(**errors: Exception) -> None:
        def fail(path: str, *, options: Options) -> Analysis:
            if (error := errors.get(Path(path).stem)) is not None:
                raise error
            return analyze(path, options=options)

        monkeypatch.setattr("analyzer.api.analyze_file", fail)

    return break_


@pytest.fixture
def four(tmp_path: Path) -> Path:
    for name in "abcd":
        text = f"export class {name.upper()} extends WorkflowEntrypoint {{ async run(e, s) {{ await s.sleep('n', 1); }} }}"
        (tmp_path / f"{name}.ts").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_bug_in_one_file_is_raised_behind_the_others(
    executor: Executor | None, broken: Callable[..., None], four: Path
) -> None:
    broken(b=ZeroDivisionError("in b"))
    analyses = analyze_paths([str(four)], executor=executor)
    assert [next(analyses).workflows[0].class_name for _ in range(3)] == ["A", "C", "D"]
    with pytest.raises(ZeroDivisionError, match="in b") as caught:
        next(analyses)
    assert caught.value.__notes__[0] == f"while analyzing {four / 'b.ts'}"


def test_bugs_in_several_files_are_raised_together(executor: Executor | None, broken: Callable[..., None], four: Path) -> None:
    broken(a=ZeroDivisionError("in a"), d=KeyError("in d"))
    found: list[str] = []
    with pytest.raises(ExceptionGroup) as caught:
        found.extend(analysis.path for analysis in analyze_paths([str(four)], executor=executor))
    assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError, KeyError]


def test_what_cannot_travel_is_told_in_words(broken: Callable[..., None], four: Path) -> None:
    broken(c=UnportableError("cannot travel"))
    with ThreadPoolExecutor(1) as threads, pytest.raises(RuntimeError, match="UnportableError: cannot travel"):
        list(analyze_paths([str(four)], executor=threads))


def test_what_is_skipped_and_how_far_it_is(four: Path) -> None:
    (four / "plain.ts").write_text("export const x = 1;\n", encoding="utf-8")
    (four / "node_modules").mkdir()
    skipped: list[tuple[str, str]] = []
    steps: list[tuple[int, int]] = []
    list(
        analyze_paths(
            [str(four)],
            skipped=lambda path, reason: skipped.append((path, reason)),
            progress=lambda done, total: steps.append((done, total)),
        )
    )
    assert sorted(skipped) == [
        (str(four / "node_modules"), "a folder of other people's or generated code"),
        (str(four / "plain.ts"), "names no entrypoint base"),
    ]
    assert steps == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_python_file_without_an_entrypoint_is_not_parsed(tmp_path: Path) -> None:
    """Below a folder it is not even opened by a parser, whatever is in it: no note of its syntax."""
    (tmp_path / "helper.py").write_text("def broken(:\n", encoding="utf-8")
    assert list(analyze_paths([str(tmp_path)])) == []
    code = f"import sys; from analyzer import analyze_paths; list(analyze_paths([{str(tmp_path)!r}])); print('libcst' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_the_configuration_of_a_project_is_asked_for(four: Path) -> None:
    (four / "stepgraph.toml").write_text('exclude = ["a.ts", "b.ts"]\nmax-size = 10\n', encoding="utf-8")
    assert len(list(analyze_paths([str(four)]))) == 4
    options = project_options(str(four))
    analyses = list(analyze_paths([str(four)], options=options))
    assert [(Path(each.path).name, each.notes[0].code) for each in analyses] == [("c.ts", "SG003"), ("d.ts", "SG003")]
    (four / "stepgraph.toml").write_text("exclud = []\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r'stepgraph\.toml:1:1: unknown key "exclud"; did you mean "exclude"\?'):
        project_options(str(four))
