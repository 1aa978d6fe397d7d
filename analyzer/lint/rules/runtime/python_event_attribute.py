"""SG120."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof, SlipRule
from analyzer.source import Language


class PythonEventAttribute(SlipRule):
    """A field of the event is read like an attribute.

    ## What it does
    Reports `event.payload` and the like in Python.

    ## Why it is bad
    In Python the event is a dictionary: "'dict' object has no attribute 'payload'".

    ## Example
    ```py
    order = event.payload
    await step.sleep("nap", "1 minute")
    ```

    ## Use instead
    ```py
    order = event["payload"]
    await step.sleep("nap", "1 minute")
    ```
    """

    code = "SG120"
    name = "python-event-attribute"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)
    kinds = (SlipKind.EVENT_ATTRIBUTE,)

    def _message(self, slip: SlipFact) -> str:
        return f'the event is a dictionary without attribute {slip.text}: write ["{slip.text}"]'
