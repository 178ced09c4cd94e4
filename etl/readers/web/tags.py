"""What HTML's tags mean for reading a page: each kind on a few lines, for a tag a line would hide the sense."""

# fmt: off
BLOCKS = (
    "p", "div", "section", "article", "header", "footer", "main", "aside", "address", "blockquote", "center",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "menu", "figure", "figcaption", "caption",
    "form", "fieldset", "legend", "details", "summary", "body", "thead", "tbody", "tfoot", "tr", "td", "th",
)
NEVER_SHOWN = (
    "script", "style", "noscript", "template", "nav", "datalist", "button", "title", "colgroup", "col",
    "iframe", "audio", "video", "del", "s", "strike", "rt", "rp",
)
DRAWINGS = ("img", "svg", "canvas", "object")
FORMATTING = ("span", "font", "b", "strong", "i", "em", "u", "ins", "small", "big", "label", "ruby", "rb", "o:p")
# fmt: on
