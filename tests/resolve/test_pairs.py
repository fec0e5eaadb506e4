"""Pairs of names that are one, and pairs that are not, from several wars."""

from __future__ import annotations

import pytest

from tidings.resolve.compare import compare, settings

SYRIA_SAME = (
    "Hasakeh–Hasakah, Hasakeh–Hesekê, Hasakah–Hesekê, Hasakah–al-Hasakah, Hesekê–al-Hasakah, Nashweh–Nashwa, Nashwa–Neşwa, "
    "Nashwe–Nashwa, Nashweh–Neşwa, Ghuweiran–Ghoueiran, Ghuweiran–Wiran, Ghoueiran–Wiran, Derbassiyeh–Darbasiyah, "
    "Darbasiyah–Derbassiya, Derbassiyeh–Derbassiya, Amuda–Amouda, Aziziyah–Eziziye, Aziziyah–Ezizi, Hool–El Hol, "
    "Mughawir–al-Maghawir, Kew Kep hill–Jabal Kawkab, Al-Shariaa–Sharia, Nashwa Gharibya–Nashwa Gharbiya, Villat–al-Villat, "
    "Qamishli–Qamishlo, Deir Ezzor–Dêra Zor, Raqqa–Ar-Raqqah, Tel Abyad–Tall Abyad, Jebel Abdel Aziz–Jabal Abd al-Aziz, "
    "Ebyad–Abyad, Shadadi–al-Shaddadah, YPG–People's Protection Units"
)
SYRIA_DIFFERENT = (
    "Nashwa–Sharia, Hasakah–Hamra, Tel Hamis–Tel Abyad, Tel Hamis–Tel Hajar, Tel Abyad–Tel Hajar, Raqqa–Rojava, Amuda–Afrin, "
    "Kobane–Kawkab, Salihiya–Aziziyah, Maruf–Mufti, Hool–Helle, Derik–Derbassiya, Ghuweiran–Ghanem, Nashwa–Nusairi, "
    "Eastern Nashwe–Western Nashwe, Nashwa Gharibya–Nashwas Sharqiya, Mughawir–Maruf, Rafraf–Raqqa, Hamra–Hool, Wiran–Derik, "
    "Ali Mamlouk–Muhammad Ali, Ghassan Helweh–Ghassan Mohammed, Mohammed Khaddour–Muhammad Ali, Hasakah–Shadadi, Tikrit–Derik"
)
ELSEWHERE_SAME = (
    "Kyiv–Kiev, Kharkiv–Kharkov, Lviv–Lvov, Chernihiv–Chernigov, Luhansk–Lugansk, Odesa–Odessa, Zaporizhzhia–Zaporozhye, "
    "Bakhmut–Bahmut, Sievierodonetsk–Severodonetsk, Horlivka–Gorlovka, Izium–Izyum, Avdiivka–Avdeevka, Kupiansk–Kupyansk, "
    "Vuhledar–Ugledar, Volodymyr Zelenskyy–Vladimir Zelensky, Zelenskyi–Zelensky, Kostiantynivka–Konstantinovka, "
    "Hudaydah–Hodeidah, Al Hudaydah–Hodeida, Taiz–Ta'izz, Marib–Ma'rib, Sanaa–Sana'a, "
    "Abdrabbuh Mansur Hadi–Abd Rabbo Mansour Hadi, Nyala–Niyala, El Fasher–Al-Fashir, Omdurman–Um Durman, Zalingei–Zalinji, "
    "Maungdaw–Maung Daw, Buthidaung–Buthitaung, Myitkyina–Myitkyinar, Muammar Gaddafi–Moammar Qaddafi, "
    "National Defence Forces–National Defense Force"
)
ELSEWHERE_DIFFERENT = (
    "Kramatorsk–Kupiansk, Donetsk–Dnipro, Kherson–Kharkiv, Bakhmut–Balakliia, Izium–Irpin, Sumy–Slavutych, Marinka–Makiivka, "
    "5th Brigade–17th Brigade, 93rd Mechanized Brigade–92nd Mechanized Brigade, North Darfur–South Darfur, "
    "Upper Nile–Lower Nile, Marib–Mariupol, Aden–Abyan, Sanaa–Saada, Saada–Sayun, El Fasher–El Geneina, Nyala–Nuba, "
    "Ali Abdullah Saleh–Ali Mohsen, Ahmed Ali–Ahmed Omar, Maungdaw–Mandalay, Kachin–Karen, Sittwe–Sagaing, "
    "San José del Guaviare–San José de Apartadó, Shan State Army North–Shan State Army South, New Halfa–Old Halfa"
)


def pairs(words: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (pair.split("–") for pair in words.split(", "))]


def over(listed: str, threshold: str) -> list[tuple[str, str]]:
    least = settings()["thresholds"][threshold]
    return [pair for pair in pairs(listed) if compare(*pair).score >= least]


@pytest.mark.parametrize(("same", "least"), [(SYRIA_SAME, 31), (ELSEWHERE_SAME, 28)])
def test_the_same_are_joined_or_proposed(same: str, least: int) -> None:
    """Of 32 pairs that are one, nearly all are found: an acronym of another language and a few vowels at the start are not."""
    assert len(pairs(same)) == 32
    assert len(over(same, "propose")) >= least


@pytest.mark.parametrize("different", [SYRIA_DIFFERENT, ELSEWHERE_DIFFERENT])
def test_the_different_are_neither_joined_nor_proposed(different: str) -> None:
    """Of 25 pairs that are two, none is even proposed."""
    assert len(pairs(different)) == 25
    assert over(different, "propose") == []


def test_every_comparison_says_its_reason() -> None:
    """Each likeness has a sentence that names both names."""
    for a, b in pairs(", ".join((SYRIA_SAME, SYRIA_DIFFERENT, ELSEWHERE_SAME, ELSEWHERE_DIFFERENT))):
        why = compare(a, b).why
        assert a in why
        assert b in why


def test_comparing_does_not_depend_on_the_order() -> None:
    """Who is named first makes no difference."""
    for a, b in pairs(", ".join((SYRIA_SAME, SYRIA_DIFFERENT, ELSEWHERE_SAME, ELSEWHERE_DIFFERENT))):
        assert compare(a, b).score == pytest.approx(compare(b, a).score)
