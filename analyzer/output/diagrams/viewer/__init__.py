"""The viewer: an interactive diagram in a browser. Its assets, the page they stand in, and the data it shows."""

from analyzer.output.diagrams.viewer.data import ViewerData, viewer_data
from analyzer.output.diagrams.viewer.page import asset, page, single_page

__all__ = ["ViewerData", "asset", "page", "single_page", "viewer_data"]
