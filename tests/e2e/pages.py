"""HTML pages as the tests read them."""
import html.parser


class Page(html.parser.HTMLParser):
    """Finds what is loaded from elsewhere, links into the page's folder, and elements left open."""
    EMPTY = {"meta", "br", "link", "img", "input", "hr"}

    def __init__(self, file):
        super().__init__()
        self.open, self.links, self.ids, self.foreign, self.root = [], [], set(), [], {}
        self.feed(file.read_text())
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.root = attributes
        if tag not in self.EMPTY:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if "href" in attributes:
            self.links.append(attributes["href"])
        if tag in ("script", "img", "link", "iframe") or "src" in attributes:
            self.foreign.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()
