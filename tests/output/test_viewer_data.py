"""What the viewer is given, and the file it is put into."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

from drawn_fixtures import fixtures
from every_node import EVERY_NODE, do, graph
from hypothesis import given
from hypothesis import strategies as st

from analyzer.api import Options, analyze_source
from analyzer.graph.model import Jump, JumpKind
from analyzer.output.diagrams.html import render_html
from analyzer.output.diagrams.subject import Subject
from analyzer.output.diagrams.viewer import asset, page, viewer_data
from analyzer.output.diagrams.viewer.excerpts import MAX_COLUMNS
from analyzer.source import Language, Position, SourceFile, Span

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'


def subject(*lines: str, name: str = "a.ts") -> Subject:
    body = "\n".join(lines)
    text = f"{HEAD}export class A extends WorkflowEntrypoint {{\n  async run(event, step) {{\n{body}\n  }}\n}}\n"
    return analyze_source(text, filename=name, options=Options(facts=True)).subjects[0]


class Page(HTMLParser):
    """Scripts and styles of a page, its links, and attributes that would be code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value for name in ("src", "href") if (value := given.get(name))]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in self.inside and data.strip():
            self.inside[self.cdata_elem].append(data)


def test_one_file_allows_its_own_script_and_style_and_no_request() -> None:
    read = Page(render_html(EVERY_NODE))
    data, script = read.inside["script"]
    (style,) = read.inside["style"]
    assert "default-src 'none'" in read.policy
    for kind, text in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in read.policy
    assert json.loads(data)["graph"] == EVERY_NODE.document
    assert [address for address in read.addresses if not address.startswith("data:")] == []
    assert read.inline == []


def test_page_of_a_server_has_nothing_inline() -> None:
    read = Page(page("a <b>", scripts=("viewer.js", "live.js")))
    assert [address for address in read.addresses if not address.startswith("data:")] == ["viewer.css", "viewer.js", "live.js"]
    assert read.inside == {"script": [], "style": []}
    assert read.inline == []
    assert "<title>a &lt;b&gt; · stepgraph</title>" in page("a <b>")
    assert "stepgraph" in asset("viewer.js")
    assert "--page" in asset("viewer.css")


def test_text_of_a_source_cannot_leave_the_data() -> None:
    name = "</script><script>alert(1)</script><!--"
    read = Page(render_html(graph(do(name))))
    assert len(read.inside["script"]) == 2
    assert json.loads(read.inside["script"][0])["graph"]["workflow"]["nodes"][0]["name"] == name


def test_every_node_has_a_record_and_an_id_of_its_own() -> None:
    for name, each in {"every node": EVERY_NODE, **fixtures()}.items():
        data = viewer_data(each)
        nodes = len(re.findall(r'"type":"(?!object|unknown)', json.dumps(each.document, separators=(",", ":"))))
        blocks = len(re.findall(r'"(?:try|catch|finally)_block":\{', json.dumps(each.document, separators=(",", ":"))))
        ids = [record["id"] for record in data["nodes"]]
        assert len(ids) == len(set(ids)) == 1 + nodes - blocks, name


def test_a_new_step_leaves_the_ids_of_others_alone() -> None:
    before = [record["id"] for record in viewer_data(graph(do("a"), do("b")))["nodes"]]
    after = [record["id"] for record in viewer_data(graph(do("a"), do("new"), do("b")))["nodes"]]
    assert [each for each in after if each != "step_new"] == before


def test_settings_tell_what_is_given_from_what_holds_by_default() -> None:
    data = viewer_data(
        subject(
            'await step.do("a", async () => 1);',
            'await step.do("b", { timeout: 10000, retries: { limit: 5, delay: "2 seconds" } }, async () => 1);',
            'await step.waitForEvent("c", { type: "t" });',
        )
    )
    tables = [[(*each,) for each in data["settings"][record["settings"]]] for record in data["nodes"] if "settings" in record]
    assert tables == [
        [
            ("Retries", "5", True),
            ("Delay", "1 second", True),
            ("Backoff", "exponential", True),
            ("Timeout", "10 minutes", True),
        ],
        [
            ("Retries", "5", False),
            ("Delay", "2 seconds", False),
            ("Backoff", "exponential", True),
            ("Timeout", "10 seconds", False),
        ],
        [("Event", "t", False), ("Timeout", "24 hours", True)],
    ]
    assert data["nodes"][2]["details"] == ("5 retries from 2 seconds, exponential", "timeout 10 seconds")


def test_excerpts_are_the_lines_around_nodes() -> None:
    between = ["// nothing"] * 40
    data = viewer_data(subject('await step.do("a", async () => 1);', *between, 'await step.do("b", async () => 1);'))
    (file,) = data["files"]
    lines = {start + index: text for start, run in file["runs"] for index, text in enumerate(run.split("\n"))}
    places = {record["title"]: record["place"] for record in data["nodes"] if "place" in record}
    for title, (_, line, column, _, _) in places.items():
        if title != "A":
            assert lines[line][column - 1 :].startswith(f'step.do("{title}"')
    assert {places["a"][1] - 3, places["b"][1] + 3} <= set(lines)


def test_a_minified_line_is_not_carried_whole() -> None:
    steps = "".join(f'await step.do("s{number}", async () => 1);' for number in range(200))
    data = viewer_data(subject(steps))
    assert all(len(text) <= MAX_COLUMNS + 1 for file in data["files"] for _, run in file["runs"] for text in run.split("\n"))
    clips = [record["clip"] for record in data["nodes"] if record["title"].startswith("s")]
    assert clips[7] == 'step.do("s7", async () => 1)'
    assert len(clips) == 200


def test_findings_lie_on_the_innermost_node() -> None:
    data = viewer_data(subject("for (const x of event.payload.xs) {", 'step.do("lost", async () => x);', "}"))
    (record,) = [record for record in data["nodes"] if "lost" in record["title"]]
    assert [data["findings"][index]["code"] for index in record["findings"]] == ["SG201"]
    assert data["findings"][record["findings"][0]]["line"] == 5
    assert all("findings" not in each for each in data["nodes"] if each is not record)


def test_findings_of_another_workflow_of_the_file_stay_there() -> None:
    bad = 'step.do("lost", async () => 1);'
    classes = (f"export class {name} extends WorkflowEntrypoint {{ async run(event, step) {{ {code} }} }}\n" for name, code in
               (("Good", 'await step.do("kept", async () => 1);'), ("Bad", bad)))  # fmt: skip
    analysis = analyze_source(HEAD + "".join(classes), filename="a.ts", options=Options(facts=True))
    found = {each.workflow["class_name"]: [finding.code for finding in each.findings] for each in analysis.subjects}
    assert found == {"Good": [], "Bad": ["SG201"]}


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=8)


@given(SPANS, st.lists(st.integers(0, 62), max_size=6))
def test_innermost_is_the_last_part_around_a_place(spans: list[tuple[int, int]], offsets: list[int]) -> None:
    """Spans that nest are drawn one inside another; the reference looks at each of them."""
    document = graph(*(do(str(index)) for index, _ in enumerate(spans))).document
    nodes = document["workflow"]["nodes"]
    spans = [(start, start + length) for start, length in spans]
    nested = [pair for pair in spans if all(not _cross(pair, other) for other in spans)]
    origins = tuple(
        (node, Jump(JumpKind.RETURN, span=Span("a", *pair))) for node, pair in zip(nodes, dict.fromkeys(nested), strict=False)
    )
    drawn = Subject(document, origins=origins, sources={"a": SourceFile("a", "x" * 99, Language.JAVASCRIPT)})
    found = drawn.innermost([("a", Position(1, offset + 1)) for offset in offsets])
    for offset, part in zip(offsets, found, strict=True):
        around = [(end - start, node) for node, jump in origins for _, start, end in [jump.span] if start <= offset < end]
        expected = min(around, key=lambda pair: pair[0])[1] if around else None
        assert part is expected


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


def test_same_workflow_gives_the_same_bytes() -> None:
    assert render_html(EVERY_NODE) == render_html(EVERY_NODE)
