"""A text is the whole Convention, or the check says in what it is not."""

from dataclasses import replace

import pytest

from index.alignment import shifts
from index.check import Severity, check, fatal
from index.convention import Convention, Provision
from index.languages import LANGUAGES
from index.side_by_side import as_lines, side_by_side
from tests.treaty import DIGEST, changed, shifted, translated, without


def sentences(theirs: Convention, severity: Severity | None = None) -> list[str]:
    return [d.sentence for d in check(theirs, DIGEST) if severity is None or d.severity is severity]


def assert_fatal(theirs: Convention, words: str) -> None:
    found = sentences(theirs, Severity.FATAL)
    assert any(words in sentence for sentence in found), found


def assert_told(theirs: Convention, words: str) -> None:
    assert fatal(check(theirs, DIGEST)) == ()
    found = sentences(theirs, Severity.TOLD)
    assert any(words in sentence for sentence in found), found


def test_the_digest_itself_has_no_difference():
    assert check(replace(DIGEST, source="official"), DIGEST) == ()


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_text_in_another_language_is_held_to_its_numbers_only(code):
    assert check(translated(code), DIGEST) == ()


def test_each_difference_is_one_sentence_and_the_fatal_ones_come_first():
    theirs = replace(without("art-2/c", "art-37/para-3"), chapters=DIGEST.chapters[:-1])
    theirs = replace(theirs, chapters=without("art-2/c", "art-37/para-3").chapters[:-1])
    found = check(theirs, DIGEST)
    assert len(found) > 3
    for difference in found:
        assert difference.sentence.endswith(".") and ". " not in difference.sentence.replace(
            "art. ", ""
        )
    severities = [d.severity for d in found]
    assert severities == sorted(severities, key=lambda s: s is Severity.TOLD)


def test_a_chapter_too_few_is_fatal():
    assert_fatal(replace(DIGEST, chapters=DIGEST.chapters[:-1]), "has 8 chapters")


def test_a_chapter_heading_that_was_not_seen_is_fatal():
    first, second = DIGEST.chapters[1:3]
    merged = replace(first, articles=first.articles + second.articles)
    theirs = replace(DIGEST, chapters=(DIGEST.chapters[0], merged, *DIGEST.chapters[3:]))
    assert_fatal(theirs, "chapter 4 follows chapter 2")


def test_an_article_in_another_chapter_is_fatal():
    assert_fatal(changed(22, lambda a: replace(a, chapter=2)), "belongs in chapter 3")


@pytest.mark.parametrize("number", [1, 30, 68])
def test_a_missing_article_is_fatal(number):
    assert_fatal(changed(number, lambda article: None), "has 67 articles")


def test_a_gap_among_the_articles_is_named():
    assert_fatal(changed(30, lambda article: None), "article 31 follows article 29")


def test_an_article_too_many_is_fatal():
    last = DIGEST.chapters[-1]
    more = replace(
        last.articles[-1], number=69, provisions=(Provision(69, None, (), "More words."),)
    )
    theirs = replace(
        DIGEST,
        chapters=(*DIGEST.chapters[:-1], replace(last, articles=(*last.articles, more))),
    )
    assert_fatal(theirs, "has 69 articles")


def test_an_article_without_words_is_fatal():
    empty = changed(32, lambda a: replace(a, provisions=(Provision(32, None, (), ""),)))
    assert_fatal(empty, "Article 32 has no words")


@pytest.mark.parametrize(
    "title",
    [
        "EXTRADITION",
        "extradition",
        "Extradition.",
        " Extra-dition ",
        "Extradition\u00a0",
        "Extraditlon",
    ],
)
def test_a_title_may_be_written_otherwise(title):
    assert check(changed(37, lambda a: replace(a, title=title)), DIGEST) == ()


@pytest.mark.parametrize(
    "title", ["", "Transfer of sentenced persons", "Extradition 24-24303 12/41"]
)
def test_another_title_is_told(title):
    assert_told(changed(37, lambda a: replace(a, title=title)), "'Extradition' was expected")


def test_titles_moved_by_one_are_another_text():
    articles = DIGEST.articles
    titles = {a.number: articles[a.number % 68].title for a in articles}
    chapters = tuple(
        replace(c, articles=tuple(replace(a, title=titles[a.number]) for a in c.articles))
        for c in DIGEST.chapters
    )
    assert_fatal(replace(DIGEST, chapters=chapters), "titles are not those of the Convention")


def test_titles_in_another_language_are_not_compared():
    theirs = translated("fr")
    assert not any("titled" in sentence for sentence in sentences(theirs))


def test_a_missing_paragraph_is_fatal_by_the_gap_it_leaves():
    assert_fatal(
        without("art-37/para-4"), "article 37, paragraph 5 follows article 37, paragraph 3"
    )


def test_paragraphs_that_begin_late_are_fatal():
    assert_fatal(without("art-37/para-1"), "article 37, paragraph 2 comes first")


def test_a_paragraph_that_stands_twice_is_fatal():
    def twice(article):
        where = next(i for i, p in enumerate(article.provisions) if p.paragraph == 4)
        provisions = article.provisions
        return replace(article, provisions=(*provisions[: where + 1], *provisions[where:]))

    assert_fatal(changed(37, twice), "paragraph 4 follows article 37, paragraph 4")


def test_a_missing_item_or_sub_item_is_fatal():
    assert_fatal(without("art-40/para-3/c"), "item (d) comes after (b)")
    assert_fatal(without("art-2/f/ii"), "item (iii) comes after (i)")


def test_a_missing_item_in_another_language_is_told():
    theirs = replace(translated("es"), chapters=without("art-40/para-3/c").chapters)
    theirs = replace(theirs, language="es")
    found = [d for d in check(theirs, DIGEST) if "item (d) comes after (b)" in d.sentence]
    assert [d.severity for d in found] == [Severity.TOLD]


def test_a_missing_definition_is_fatal():
    assert_fatal(
        without("art-2/o"), "14 lettered definitions, and the Convention has 15, (a) to (o)"
    )


def test_a_missing_last_paragraph_is_told_with_the_count():
    last = DIGEST.article(37).paragraphs[-1]
    assert_told(without(last.id), "It lacks 1 provisions that the digest has")


def test_a_text_whose_paragraphs_were_not_read_is_fatal():
    def flat(article):
        words = " ".join(p.text for p in article.provisions)
        return replace(article, provisions=(Provision(article.number, None, (), words),))

    chapters = tuple(
        replace(c, articles=tuple(flat(a) for a in c.articles)) for c in DIGEST.chapters
    )
    assert_fatal(replace(DIGEST, chapters=chapters), "numbered paragraphs")


def test_a_preamble_of_another_length_is_told():
    assert_told(without("preamble/3"), "Its preamble has")


@pytest.mark.parametrize(
    ("asked", "found", "words"),
    [("fr", "en", "in English, and not in French"), ("en", "ru", "in Russian, and not in English")],
)
def test_another_language_than_was_asked_for_is_fatal(asked, found, words):
    theirs = DIGEST if found == "en" else translated(found)
    assert_fatal(replace(theirs, language=asked), words)


@pytest.mark.parametrize(("times", "words"), [(0.3, "too short"), (3.0, "too long")])
def test_a_length_beyond_reason_is_fatal(times, words):
    def scaled(provision):
        length = int(len(provision.text) * times)
        return replace(provision, text=(f"{provision.text} " * 4)[:length] or provision.text[:1])

    chapters = tuple(
        replace(
            c,
            articles=tuple(
                replace(a, provisions=tuple(map(scaled, a.provisions))) for a in c.articles
            ),
        )
        for c in DIGEST.chapters
    )
    assert_fatal(replace(DIGEST, chapters=chapters), words)


def test_an_article_that_swallowed_the_rest_of_the_page_is_told():
    def swollen(article):
        more = "The interpretative notes on the Convention say what the States agreed on. " * 60
        *first, last = article.provisions
        return replace(article, provisions=(*first, replace(last, text=f"{last.text} {more}")))

    assert_told(changed(68, swollen), "Article 68 is")


@pytest.mark.parametrize(
    "words",
    ["A/RES/79/243 United Nations", "12/41 24-24303", "24-24303 13/41", "__________", "https://x"],
)
def test_words_of_the_page_inside_a_provision_are_told(words):
    def marked(article):
        first, second, *rest = article.provisions
        second = replace(second, text=f"{second.text[:40]} {words} {second.text[40:]}")
        return replace(article, provisions=(first, second, *rest))

    assert_told(changed(37, marked), "Article 37, paragraph 1 has words of the page around it")


@pytest.mark.parametrize("paragraph", [2, 5, 12])
def test_paragraphs_under_other_numbers_are_found(paragraph):
    theirs = shifted(37, paragraph)
    found = {shift.ours.id: shift.theirs.id for shift in shifts(theirs, DIGEST)}
    expected = {
        f"art-37/para-{n}": f"art-37/para-{n - 1}"
        for n in range(paragraph + 1, len(DIGEST.article(37).paragraphs) + 1)
    }
    assert expected.items() <= found.items()
    assert set(found) - set(expected) <= {f"art-37/para-{paragraph}"}
    assert_told(theirs, f"article 37, paragraph {paragraph + 1} reads like its article 37")


def test_a_text_is_not_shifted_against_itself():
    assert shifts(DIGEST, DIGEST) == ()


def test_a_report_sets_both_structures_side_by_side():
    theirs = without("art-37/para-20", "art-2/e/i")
    beside = side_by_side(theirs, DIGEST)
    assert [row.article for row in beside.rows] == list(range(1, 69))
    assert [p.id for p in beside.only_ours] == ["art-2/e/i", "art-37/para-20"]
    assert beside.only_theirs == ()
    text = "\n".join(as_lines(beside, check(theirs, DIGEST)))
    assert "* art. 37  20 par." in text and "19 par." in text
    assert "  art. 38 " in text and "article 37, paragraph 20: " in text
    assert "fatal: In article 2 (e) item (ii) comes first." in text


def test_a_report_names_what_only_the_text_has():
    def longer(article):
        more = Provision(65, 3, (), "A third paragraph, which the digest does not have.")
        return replace(article, provisions=(*article.provisions, more))

    beside = side_by_side(changed(65, longer), DIGEST)
    assert [p.id for p in beside.only_theirs] == ["art-65/para-3"]
    assert "A third paragraph" in "\n".join(as_lines(beside, ()))


def test_a_report_has_articles_that_only_one_text_has():
    beside = side_by_side(changed(30, lambda article: None), DIGEST)
    row = next(row for row in beside.rows if row.article == 30)
    assert row.theirs is None and row.their_title is None
    assert any("art. 30" in line and "none" in line for line in as_lines(beside, ()))


def test_shifts_are_not_looked_for_across_languages():
    assert side_by_side(translated("fr"), DIGEST).shifted == ()


def test_a_text_that_is_nothing_is_told_and_does_not_crash():
    nothing = Convention("", "official", "en", "0", (), ())
    assert len(fatal(check(nothing, DIGEST))) >= 3
    assert len(side_by_side(nothing, DIGEST).only_ours) == sum(1 for _ in DIGEST.provisions())


@pytest.mark.parametrize(
    ("character", "times", "severity"),
    [
        ("\ufffd", 1, Severity.TOLD),
        ("\ue001", 1, Severity.TOLD),
        ("\ufffd", 5000, Severity.FATAL),
        ("\ud83d", 1, Severity.FATAL),
    ],
)
def test_characters_that_were_lost_are_counted(character, times, severity):
    def spoilt(article):
        first, second, *rest = article.provisions
        second = replace(second, text=second.text + character * times)
        return replace(article, provisions=(first, second, *rest))

    found = [d for d in check(changed(37, spoilt), DIGEST) if "cannot be read" in d.sentence]
    assert [d.severity for d in found] == [severity] and str(times) in found[0].sentence
