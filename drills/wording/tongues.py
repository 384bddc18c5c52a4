"""Words of other scripts in English text, marked so that a screen reader speaks and a browser draws them right.

Imports nothing of the record: it sees letters only.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Languages that the site cites and that are written with the same letters.
CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
EAST_ASIAN = frozenset({"ja", "zh"})
ARABIC = frozenset({"ar", "fa", "ur"})
KOREAN = frozenset({"ko"})
KANA = re.compile("[\u3041-\u30ff]")
# letters of Persian that Arabic does not have
PERSIAN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
# Words of one script, with what may stand between two of them; never a character of an HTML entity.
RUN = re.compile("(?P<cyrillic>[\u0400-\u052f]+(?:[\\s\\d.,:«»“”„…—–-]*[\u0400-\u052f]+)*)"
                 "|[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
                 "(?:[\\s\\d·、，。：（）「」『』《》“”…—―–-]*[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+)*"
                 "|(?P<arabic>[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+"
                 "(?:[\\s\\d.,:«»“”\u200c–-]*[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+)*(?:[\\s–-]*\\d+)*)"
                 "|(?P<korean>[\u1100-\u11ff\uac00-\ud7a3]+(?:[\\s\\d.,:“”–-]*[\u1100-\u11ff\uac00-\ud7a3]+)*)")


def spoken(text: object, language: str = "en") -> Markup:
    """Text escaped for HTML, with a lang attribute on every run of letters that `language` is not written with.

    Cyrillic letters are taken for Russian; East Asian ones for Japanese if there are kana among them, else for Chinese;
    Arabic ones for Persian by the letters that only it has. What runs from right to left, with the number that ends it,
    is kept apart from the text around it.
    `language`: ISO 639 code of the text itself. Markup is given back as it is.
    """
    def marked(found: re.Match) -> str:
        if found["arabic"]:
            own = ' lang="fa"' if PERSIAN.search(found[0]) else ' lang="ar"'
            return f'<bdi{"" if language in ARABIC else own} dir="rtl">{found[0]}</bdi>'
        if found["cyrillic"]:
            own, family = "ru", CYRILLIC
        elif found["korean"]:
            own, family = "ko", KOREAN
        else:
            own, family = "ja" if KANA.search(found[0]) else "zh", EAST_ASIAN
        return found[0] if language in family else f'<span lang="{own}">{found[0]}</span>'

    return text if isinstance(text, Markup) else Markup(RUN.sub(marked, str(escape(text))))
