"""Pages, read as a test reads them."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}
LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest"}
"""Attributes by which a page asks for something."""


class Read(HTMLParser):
    """A page: its parts, what it asks for, and what is wrong with its tags."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.text = page.decode()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.asked: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.pictures: list[dict[str, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.exact: list[tuple[str, list[str]]] = []
        self.said: list[str] = []
        self._caption = ""
        self.feed(self.text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            self.ids.append(told["id"])
        if tag in {"a", "use"}:
            self.links.append(told.get("href", ""))
        elif told.get("href", "").startswith("data:"):
            pass
        else:
            self.asked += [value for name, value in told.items() if name in LOADS or name == "href"]
        if tag == "svg":
            self.pictures.append(told)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag == "tr":
            self.tables.setdefault(self._caption, []).append([])
        if tag == "tr":
            self.exact.append(("", []))
        if tag in {"td", "th"}:
            self.tables[self._caption][-1].append("")
        if tag == "data":
            self.exact[-1][1].append(told["value"])
        if tag not in VOID:
            self.open.append((tag, told))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1][0] if self.open else 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        within = [tag for tag, _ in self.open]
        if "style" in within or "svg" in within:
            return
        self.said.append(data)
        if "caption" in within:
            self._caption = data
        elif {"td", "th"} & set(within) and within[-1] not in {"small", "code"}:
            self.tables[self._caption][-1][-1] += data
            if within[-1] == "th" and not self.exact[-1][0]:
                self.exact[-1] = (data.strip(), self.exact[-1][1])
        if re.fullmatch("h[1-6]", within[-1] if within else ""):
            self.headings[-1] = (self.headings[-1][0], data)

    @property
    def words(self) -> str:
        """All that is read on it, with single spaces."""
        return " ".join("".join(self.said).split())
