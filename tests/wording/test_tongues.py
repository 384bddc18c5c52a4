"""Words of other languages in English text: what is marked as what, and that nothing else gets through."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from drills.wording.tongues import spoken


@pytest.mark.parametrize("text, language, expected", [
    ("Joint Sea 2024", "en", "Joint Sea 2024"),
    ("called Запад/Взаимодействие-2021", "en",
     'called <span lang="ru">Запад</span>/<span lang="ru">Взаимодействие</span>-2021'),
    ("Учения «Мирная миссия – 2016» (drill)", "en",
     '<span lang="ru">Учения «Мирная миссия</span> – 2016» (drill)'),
    ("西部·联合-2021, in Chinese", "en", '<span lang="zh">西部·联合</span>-2021, in Chinese'),
    ("中ロ海上合同演習", "en", '<span lang="ja">中ロ海上合同演習</span>'),
    ("中ロ海上合同演習", "ja", "中ロ海上合同演習"), ("Китай і Росія", "uk", "Китай і Росія"),
    ("also کمربند امنیت دریایی 2019; AMAN", "en",
     'also <bdi lang="fa" dir="rtl">کمربند امنیت دریایی 2019</bdi>; AMAN'),
    ("حزام الأمن البحري 2026", "en", '<bdi lang="ar" dir="rtl">حزام الأمن البحري 2026</bdi>'),
    ("حزام الأمن البحري 2026", "ar", '<bdi dir="rtl">حزام الأمن البحري 2026</bdi>'),
    ("연합훈련, in Korean", "en", '<span lang="ko">연합훈련</span>, in Korean'), ("연합훈련", "ko", "연합훈련"),
    ("Мирная миссия", "pt", '<span lang="ru">Мирная миссия</span>'),
    ("<b>友谊</b> & 'Мир'", "en",
     "&lt;b&gt;<span lang=\"zh\">友谊</span>&lt;/b&gt; &amp; &#39;<span lang=\"ru\">Мир</span>&#39;"),
    (Markup('<a title="Мир">x</a>'), "en", '<a title="Мир">x</a>'),
])
def test_letters_carry_their_language(text, language, expected):
    """Catch Russian read out by an English voice, Japanese taken for Chinese, Persian in the order of the English text
    around it, and text that becomes markup."""
    assert spoken(text, language) == expected
