"""The viewer: an interactive diagram in a browser. Its assets, the page they stand in, and the data it shows.

The browser lays out what is open, as columns, rows and grids of CSS, and the script only adds curves where it has put
things. So nothing can overlap, whatever is folded and whatever fonts there are, and ``layout``, which does the same for SVG,
is not written a second time in another language.
"""

from analyzer.output.diagrams.viewer.data import ViewerData, viewer_data
from analyzer.output.diagrams.viewer.page import asset, page, single_page

__all__ = ["ViewerData", "asset", "page", "single_page", "viewer_data"]
