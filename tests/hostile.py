"""Lines that strangers type to make a page do something, and what holds where they are shown: nothing happens.

Forty are the project's own, for every run. The collections of others (PAYLOADS_DIR) are no part of it, and are read
where they are by `make check-long`.
"""

import json
from pathlib import Path

from playwright.sync_api import Dialog, Page

LINES = (
    "<script>alert(1)</script>",
    "</p></article><script>parent.alert(1)</script>",
    "<ScRiPt src=//elsewhere.example/a.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img/src='https://elsewhere.example/pixel.gif'>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=data:text/html,<script>alert(1)</script>>",
    "<a href='javascript:alert(1)'>bấm vào đây</a>",
    "<a href='java&#10;script:alert(1)'>bấm</a>",
    "<form action=//elsewhere.example><input name=password><button>Đăng nhập</button></form>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//elsewhere.example/a.css>",
    "<base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "\" onmouseover=alert(1) autofocus tabindex=1 x=\"",
    "' onfocus='alert(1)' autofocus='",
    "`${alert(1)}`",
    "{{constructor.constructor('alert(1)')()}}",
    "{% include 'admin/base_site.html' %}{{ settings.SECRET_KEY }}",
    "</textarea></select></title></style></noscript><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "<template><script>alert(1)</script></template>",
    "<!-- <img src=\"--><img src=x onerror=alert(1)//\">",
    "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "'; DROP TABLE articles_comment; --",
    "=HYPERLINK(\"https://elsewhere.example\";\"bấm\")",
    "Chủ đề: giả\r\nBcc: ai@elsewhere.example\r\n\r\nThân thư giả",
    "\u202eđảo ngược\u202c \u2066cô lập\u2069 \u200b\u200d\ufeff",
    "Z̸̢̛͎̤͇a̶͇̹͒l̵̫̽g̴̺̈́o̷ " + "ợ̣̣̣̣̣̣" * 9,
    "Rất" + "dài" * 400,
)  # fmt: skip

# Out of whatever it may stand in - an attribute, a title, a field, a sheet, a script - and then something that runs.
ANYWHERE = "'\"></title></textarea></select></style></script><script>alert(1)</script><img src=x onerror=alert(1)>"


def outside(folder: Path) -> list[str]:
    """Return the lines of the collections in `folder`. A database keeps no NUL, and no form lets one in."""
    lines = (
        json.loads(line)["payload"].replace("\x00", "")
        for name in ("xss.jsonl", "naughty.jsonl")
        for line in (folder / name).read_text(encoding="utf-8").strip().split("\n")
    )
    return [line for line in lines if line.strip()]


def further(folder: Path) -> list[str]:
    """Return the other lines of `folder`: for databases, for paths, for ways to elsewhere."""
    lines = (
        line
        for name in ("sqli.txt", "path_traversal.txt", "open_redirect.txt")
        for line in (folder / name).read_text(encoding="utf-8", errors="replace").split("\n")
    )
    return [line for line in lines if line.strip()]


# What no word of a stranger may become, inside the elements that show such words.
_MADE = """(shown) => {
  const wrong = [];
  for (const place of document.querySelectorAll(shown)) {
    for (const made of place.querySelectorAll("*")) {
      const bad = "script iframe object embed form svg math style base meta link input img video".split(" ");
      if (bad.includes(made.localName)) wrong.push(made.localName);
      for (const { name, value } of made.attributes) {
        if (name.startsWith("on") || /^\\s*(javascript|data|vbscript):/i.test(value)) wrong.push(`${name}=${value}`);
      }
    }
  }
  return wrong;
}"""


def listen(page: Page) -> list[str]:
    """Return what `page` will have asked or tried that only a line that was run could make it: a list that fills."""
    heard: list[str] = []

    def hear(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", hear)
    return heard


def made_of_words(page: Page, shown: str) -> list[str]:
    """Return what was made of strangers' words inside the elements that the selector `shown` names: nothing should be.

    Words that are shown as they were typed make no element at all.
    """
    found: list[str] = page.evaluate(_MADE, shown)
    return found
