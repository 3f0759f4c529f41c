"""画面の要素 — a page's elements with their attributes, as a browser reads them."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.all = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.all.append((tag, dict(attributes)))

    def with_id(self, wanted):
        return next((tag, each) for tag, each in self.all if each.get("id") == wanted)
