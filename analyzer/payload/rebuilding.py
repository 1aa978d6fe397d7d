from analyzer.graph import model
from analyzer.payload.document import GraphDocument


def from_payload(document: GraphDocument) -> model.Workflow: ...
