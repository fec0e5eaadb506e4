"""Which language a report is written in."""

from __future__ import annotations

import pytest

from tidings.gather.language import language_name, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("በአማራ ክልል ከተማ ውጊያ ተካሄደ።", "am"),
        ("ኣብ ትግራይ ናይ ሰብኣዊ ረድኤት", "ti"),
        ("قتل عشرة أشخاص في المدينة بعد اشتباكات عنيفة بين الطرفين", "ar"),
        ("یک نفر کشته شد و چند نفر در نزدیکی کابل زخمی شدند و منطقه تخلیه شد", "fa"),
        ("Російські війська обстріляли лікарню у понеділок, кажуть мешканці міста", "uk"),
        ("Войска вошли в город во вторник утром, сообщили местные жители", "ru"),
        ("El ejército bombardeó el pueblo el martes y dos campesinos murieron, dijeron testigos.", "es"),
        ("La ville a été attaquée dimanche par des rebelles et trois habitants sont morts.", "fr"),
        ("Fighters took the town on Sunday and the army left it, residents said.", "en"),
        ("Die Armee hat die Stadt eingenommen, sagten Anwohner am Montag.", "de"),
        ("มีผู้เสียชีวิตสามคน", "th"),
        ("ရွာကို ဝင်ရောက်တိုက်ခိုက်", "my"),
        ("Goma Bukavu M23", ""),
        ("12 345 67", ""),
        ("", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    """The script decides where it can, then the words; too few words say nothing."""
    assert language_of(text) == language


def test_english_full_of_foreign_names_and_quotations_stays_english() -> None:
    """Names and a quotation in another script do not make an English report unreadable."""
    text = (
        "Ciudad Bolívar, Puerto Asís and San José del Guaviare were named by the commander of the Segunda Marquetalia "
        "in the statement “قتل عشرة” that was read to villagers by the river on Sunday."
    )

    assert language_of(text) == "en"


def test_names_of_languages() -> None:
    """A language is called by its common English name."""
    assert [language_name(code) for code in ("am", "fa", "el", "ckb", "qq")] == [
        "Amharic",
        "Persian",
        "Greek",
        "Central Kurdish",
        "qq",
    ]
