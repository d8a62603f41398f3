"""A treaty read out of the document that it is published in."""

from __future__ import annotations

import hashlib
import io
import textwrap
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.convention import Convention
from index.errors import ConventionError, NoTreaty, ReadingError
from index.official_reader import plain_text_of, read_document
from tests.un_layout import NAME, NOTES, RESOLUTION, SYMBOL, un_pdf, un_web_page

TREATIES = Path(__file__).parents[2] / "shared" / "treaties"

FURNITURE = (
    "Rome Statute of the International Criminal Court PART", "__", "¹", "C.N.", "TREATIES-",
    "#", "](", "<", "Artikel", "Verdrag", "Hoofdstuk", SYMBOL, "24-99999", "2499999",
    "See the report, paragraph",
)  # fmt: skip
"""What stands around the text of these documents and never in it."""


def document(name: str) -> bytes:
    """The bytes of a real document, which the project does not hold."""
    path = TREATIES / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the documents are no part of the project")
    return path.read_bytes()


def is_whole(treaty: Convention) -> bool:
    """Whether articles, paragraphs and items are counted without a gap."""
    numbers = [article.number for article in treaty.articles if not article.suffix]
    paragraphs = [[p.paragraph for p in article.paragraphs] for article in treaty.articles]
    lists: dict[str | None, list[str]] = {}
    for provision in treaty.provisions():
        if len(provision.items) == 1:
            lists.setdefault(provision.parent_id, []).append(provision.items[0])
    return (
        numbers == list(range(1, len(numbers) + 1))
        and all(found == list(range(1, len(found) + 1)) for found in paragraphs)
        and all("".join(found) in "abcdefghijklmnopqrstuvwxyz" for found in lists.values())
    )


def words_of(treaty: Convention) -> str:
    return "\n".join(f"{p.text}\n{p.closing}" for p in treaty.provisions())


REAL = {
    "rome-statute-icc.pdf": (131, 13, 1024, 10),
    "untoc-laws-markdown.md": (41, 1, 343, 0),
    "uncac-laws-markdown.md": (71, 8, 473, 15),
    "budapest-laws-markdown.md": (48, 4, 294, 16),
    "convention-ar-articles-1-15.txt": (15, 2, 85, 0),
}
"""Articles, chapters, provisions and recitals of each real treaty."""

TITLES = {
    "rome-statute-icc.pdf": {
        5: "Crimes within the jurisdiction of the Court",
        8: "War crimes",
        20: "Ne bis in idem",
        25: "Individual criminal responsibility",
        56: "Role of the Pre-Trial Chamber in relation to a unique investigative opportunity",
        128: "Authentic texts",
    },
    "untoc-laws-markdown.md": {1: "Statement of purpose", 41: "Depositary and languages"},
    "uncac-laws-markdown.md": {13: "Participation of society", 71: "Depositary and languages"},
    "budapest-laws-markdown.md": {2: "Illegal access", 35: "24/7 Network", 48: "Notification"},
    "convention-ar-articles-1-15.txt": {1: "بيان الغرض", 7: "الوصول غير المشروع"},
}

SPOTS = {
    "rome-statute-icc.pdf": {
        "preamble": "The States Parties to this Statute,",
        "preamble/1": "delicate mosaic may be shattered",
        "art-5/d": "The crime of aggression.",
        "art-8/para-2/b/xxix": "or to the eye with corrective eyesight",
        "art-8bis/para-2": "qualify as an act of aggression:",
        "art-15ter/para-5": "other crimes referred to in article 5.",
        "art-20/para-3/b": "Otherwise were not conducted independently",
        "art-51/para-1": "by a two-thirds majority of the members",
        "art-61/para-7/c/ii": "Amending a charge because the evidence",
        "art-112/para-3/a": "a President, two Vice-Presidents and 18 members",
        "art-128": "shall send certified copies thereof",
    },
    "untoc-laws-markdown.md": {
        "art-1": "prevent and combat transnational organized crime",
        "art-2/j": "within the limits of their competence.",
        "art-3/para-1/b": "in nature and involves an organized",
        "art-5/para-1/a/ii": "achievement of the above-described criminal aim;",
        "art-6/para-1/a/i": "The conversion or transfer of property",
        "art-18/para-30": "enhance the provisions of this article.",
        "art-24/para-2/a": "identity and whereabouts of such persons;",
        "art-29/para-1/i": "protection of victims and witnesses.",
        "art-31/para-2/d/iv": "competent authorities of other States Parties.",
        "art-41/para-2": "deposited with the Secretary-General",
    },
    "uncac-laws-markdown.md": {
        "preamble/1": "Concerned about the seriousness of problems",
        "preamble/15": "Welcoming the entry into force",
        "art-1/c": "public affairs and public property.",
        "art-2/a/iii": "any other person defined as",
        "art-13/para-1/d/ii": "public health or morals.",
        "art-46/para-3/k": "chapter V of this Convention.",
        "art-46/para-30": "enhance the provisions of this article.",
        "art-52/para-6": "appropriate sanctions for non-compliance.",
        "art-63/para-4/c": "Cooperating with relevant international",
        "art-71/para-2": "deposited with the Secretary-General",
    },
    "budapest-laws-markdown.md": {
        "preamble/16": "standards and values of the Council",
        "art-1/c/ii": "communication service or users of such",
        "art-6/para-1/a/ii": "established in Articles 2 through 5; and",
        "art-14/para-3/a": "of the measure referred to in Article 20.",
        "art-14/para-3/b/ii": "does not employ public communications networks",
        "art-24/para-7/a": "in the absence of a treaty.",
        "art-27/para-9/e": "addressed to its central authority.",
        "art-32/a": "where the data is located geographically; or",
        "art-39/para-1": "the European Convention on Extradition, opened",
        "art-48/e": "communication relating to this Convention.",
    },
    "convention-ar-articles-1-15.txt": {
        "art-1/a": "على نحو أكثر كفاءة وفعالية؛",
        "art-2/e/ii": "أو مستخدمي الخدمة؛",
        "art-2/i": "وجود حق فيها؛",
        "art-2/o": "أي شخص طبيعي أو سلامته.",
        "art-4/para-2": "أفعالا وفقا لهذه الاتفاقية.",
        "art-6/para-2": "التجمع السلمي وتكوين الجمعيات.",
        "art-8/para-1": "يحمل هذه البيانات الإلكترونية.",
        "art-11/para-3": "أو إتاحتها بأي طريقة أخرى.",
        "art-14/para-4/b": "من الأشخاص المعنيين.",
        "art-15/para-4": "عندما يقوم به أطفال.",
    },
}


@pytest.fixture(scope="module", params=REAL)
def real(request: pytest.FixtureRequest) -> tuple[str, Convention]:
    """A real treaty with the name of its document."""
    return request.param, read_document(document(request.param))


def test_a_real_treaty_is_read_whole(real):
    name, treaty = real
    recitals = sum(p.paragraph is not None for p in treaty.preamble)
    found = len(treaty.articles), len(treaty.chapters), len(list(treaty.provisions())), recitals
    assert found[:3] == REAL[name][:3]
    assert is_whole(treaty)
    assert treaty.source == "official" and treaty.title


def test_the_articles_of_a_real_treaty_have_their_titles(real):
    name, treaty = real
    assert {number: treaty.article(number).title for number in TITLES[name]} == TITLES[name]
    untitled = [article.name for article in treaty.articles if not article.title]
    assert untitled == (["article 10", "article 124"] if name.startswith("rome") else [])


def test_provisions_of_a_real_treaty_have_their_words(real):
    name, treaty = real
    assert len(SPOTS[name]) >= 10
    assert {key: words for key, words in SPOTS[name].items() if words not in treaty[key].text} == {}


def test_no_masthead_note_or_page_number_stands_in_a_real_treaty(real):
    _, treaty = real
    text = words_of(treaty)
    assert [words for words in FURNITURE if words in text] == []
    texts = [p.text for p in treaty.provisions() if p.text]
    assert [text for text in texts if text[0].isdigit() and not text.startswith("2 Such")] == []
    assert [text for text in texts if text[-1].isdigit()] == []


def test_the_rome_statute_keeps_inserted_and_deleted_articles():
    treaty = read_document(document("rome-statute-icc.pdf"))
    inserted = [article.id for article in treaty.articles if article.suffix]
    assert inserted == ["art-8bis", "art-15bis", "art-15ter"]
    assert treaty.title_of(treaty["art-8bis/para-1"]) == "Crime of aggression"
    assert [p.text for p in treaty.article(124).provisions] == [""]
    assert treaty["preamble"].closing == "Have agreed as follows:"
    assert "In Witness Whereof" not in words_of(treaty)


def test_closing_words_after_arabic_sub_items_belong_to_their_item():
    treaty = read_document(document("convention-ar-articles-1-15.txt"), language="ar")
    assert treaty["art-11/para-1/a"].closing.startswith("بقصد استخدام")
    assert treaty.language == "ar"


@pytest.fixture(scope="module")
def digest(knowledge) -> Convention:
    return knowledge.convention


def same(found: Convention, digest: Convention) -> None:
    """Ids, titles, texts and closing words are equal to the letter."""
    assert found.title == digest.title
    assert found.preamble == digest.preamble
    assert found.chapters == digest.chapters


def test_the_digest_as_a_web_page_reads_back_to_the_letter(digest):
    same(read_document(un_web_page(digest)), digest)


@pytest.fixture(scope="module")
def worded(digest) -> Convention:
    """The digest with a preamble in the form of the treaty itself."""
    head, *recitals = digest.preamble
    around = replace(head, text="The States Parties to this Convention,", closing=AGREED)
    return replace(
        digest,
        preamble=(
            around,
            *(replace(p, text=f"Noting that {p.text.removesuffix('.')},") for p in recitals),
        ),
    )


AGREED = "Have agreed as follows:"


@pytest.mark.parametrize("publish", [un_web_page, un_pdf])
def test_the_words_around_the_recitals_are_read_back_to_the_letter(worded, publish):
    same(read_document(publish(worded)), worded)


def test_curly_quotes_and_long_dashes_of_a_page_are_kept_to_the_letter(digest):
    page = un_web_page(digest).decode()
    curly = page.replace("&quot;electronic data&quot;", "“electronic — data”").encode()
    assert read_document(curly)["art-2/b"].text.startswith("“electronic — data” means")


def test_marks_that_only_html_lists_have_are_read(digest):
    same(read_document(un_web_page(digest, ordered_lists=True)), digest)


def test_the_digest_as_a_pdf_in_the_un_layout_reads_back_to_the_letter(digest):
    same(read_document(un_pdf(digest)), digest)


def test_a_pdf_without_space_between_paragraphs_reads_back_to_the_letter(digest):
    same(read_document(un_pdf(digest, gap=0)), digest)


def test_the_pdf_in_the_un_layout_has_the_traps_that_it_is_made_for(digest):
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(un_pdf(digest))).pages]
    lines = [line.rstrip() for page in pages for line in page.splitlines()]
    assert len(pages) > 30 and SYMBOL in pages[1]
    assert sum(line.endswith("-") for line in lines) > 100
    assert sum(line.startswith("___") for line in lines) > 10
    assert any("-99999 3/" in line or "3/" in line[:2] for line in lines)
    text = "\n".join(pages)
    assert all(words[:30] in text for words in (*RESOLUTION, *NOTES, NAME[:30]))


def test_nothing_before_the_annex_or_after_the_articles_is_kept(digest):
    text = words_of(read_document(un_pdf(digest)))
    assert "Takes note of the report" not in text and "Interpretative notes" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_digest_as_plain_text_reads_back_in_every_encoding(digest, encoding):
    text = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
    same(read_document(text.encode(encoding)), digest)


@pytest.mark.parametrize("width", [60, 79, 100])
def test_wrapped_plain_text_reads_back(digest, width):
    text = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
    lines = [textwrap.fill(line, width, break_on_hyphens=False) for line in text.splitlines()]
    same(read_document("\n".join(lines).encode()), digest)


def test_the_text_that_other_tools_take_out_of_the_pdf_gives_the_same_articles(digest):
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(un_pdf(digest))).pages]
    assert read_document("\f".join(pages).encode()).chapters == digest.chapters


def test_the_hash_is_that_of_the_document(digest):
    page = un_web_page(digest)
    assert read_document(page).sha256 == hashlib.sha256(page).hexdigest()


def test_a_title_that_is_given_is_taken(digest):
    assert read_document(un_web_page(digest), title="A treaty").title == "A treaty"


LANGUAGES = {
    "en": """Test Convention

PREAMBLE

The States Parties to this Convention,

Bearing in mind “a text” (1), and

others,

Have agreed as follows:

CHAPTER I – GENERAL PROVISIONS

Article 1: Purpose

The purpose is:

(a) To read; and

(b) To write:

(i) In English;

(ii) In Arabic.

ARTICLE 2

Terms

1. Each State Party reads.

2. (a) A State Party may write.

(b) It reads what it writes.

IN WITNESS WHEREOF the undersigned have signed.
""",
    "fr": """Convention d’essai

Préambule

Les États Parties à la présente Convention,

Ayant à l’esprit un texte,

Sont convenus de ce qui suit :

Chapitre premier
Dispositions générales

Article premier
But

La présente Convention a pour but :

a) De lire ; et

b) D’écrire :

i) En français ;

ii) En arabe.

Article 2. Emploi des termes

1. Chaque État Partie lit.

2. a) Un État Partie peut écrire.

b) Il lit ce qu’il écrit.

EN FOI DE QUOI, les soussignés ont signé.
""",
    "es": """Convención de prueba

Preámbulo

Los Estados Partes en la presente Convención,

Teniendo presente un texto,

Han convenido en lo siguiente:

Capítulo I
Disposiciones generales

Artículo 1
Finalidad

La finalidad es:

a) Leer; y

b) Escribir:

i) En español;

ii) En árabe.

Artículo 2. Definiciones

1. Cada Estado Parte leerá.

2. a) Un Estado Parte podrá escribir.

b) Leerá lo que escriba.

EN FE DE LO CUAL los infrascritos han firmado.
""",
    "ru": """Пробная конвенция

Преамбула

Государства — участники настоящей Конвенции,

учитывая текст,

договорились о нижеследующем:

Глава I
Общие положения

Статья 1
Цель

Целями являются:

а) чтение; и

b) письмо:

i) на русском языке;

ii) на арабском языке.

Статья 2. Термины

1. Каждое Государство-участник читает.

2. а) Государство-участник может писать.

b) Оно читает то, что пишет.

В УДОСТОВЕРЕНИЕ ЧЕГО нижеподписавшиеся подписали Конвенцию.
""",
    "zh": """试验公约

序言

本公约缔约国，

铭记一份案文，

议定如下：

第一章
总则

第一条
宗旨

宗旨是：

（一）阅读；

（二）书写：

1. 用中文；

2. 用阿拉伯文。

第二条 术语

一、各缔约国应阅读。

二、（一）缔约国可以书写。

（二）缔约国应阅读所书写的内容。

为此，下列签署人签署本公约，以昭信守。
""",
    "ar": """اتفاقية تجريبية

الديباجة

إن الدول الأطراف في هذه الاتفاقية،

إذ تضع في اعتبارها نصا،

قد اتفقت على ما يلي:

الفصل الأول
أحكام عامة

المادة 1
الغرض

الأغراض هي:

(أ) القراءة؛ و

(ب) الكتابة:

’1‘ بالعربية؛

’2‘ بالفرنسية.

المادة ٢: المصطلحات

1 - تقرأ كل دولة طرف.

2 - (أ) يجوز للدولة الطرف أن تكتب.

(ب) تقرأ ما تكتب.

وإثباتا لذلك وقع الموقعون أدناه.
""",
}

IDS = [
    "preamble", "preamble/1", "art-1", "art-1/a", "art-1/b", "art-1/b/i", "art-1/b/ii", "art-2",
    "art-2/para-1", "art-2/para-2", "art-2/para-2/a", "art-2/para-2/b",
]  # fmt: skip


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_provisions_have_the_same_ids_in_every_language(language):
    treaty = read_document(LANGUAGES[language].encode(), language=language)
    assert [p.id for p in treaty.provisions()] == IDS
    assert treaty.chapters[0].title and all(article.title for article in treaty.articles)
    assert treaty.preamble[0].text and treaty.preamble[0].closing
    assert treaty.title == LANGUAGES[language].partition("\n")[0]


def test_headings_in_capitals_with_titles_on_their_line_are_read():
    treaty = read_document(LANGUAGES["en"].encode())
    assert [p.id for p in treaty.provisions() if p.article] == IDS[2:]
    assert treaty.chapters[0].title == "GENERAL PROVISIONS"
    assert [article.title for article in treaty.articles] == ["Purpose", "Terms"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_without_blank_lines_is_read_in_every_language(language):
    spaced = LANGUAGES[language]
    dense = "\n".join(line for line in spaced.splitlines() if line)
    found = read_document(dense.encode(), language=language)
    assert found.chapters == read_document(spaced.encode(), language=language).chapters


def test_cyrillic_letters_count_items_where_no_latin_letter_does():
    text = LANGUAGES["ru"].replace("b) ", "б) ")
    assert [p.id for p in read_document(text.encode()).provisions()] == IDS


def test_a_table_of_contents_is_no_part_of_the_treaty():
    contents = "Preamble 1\nChapter I General 2\nArticle 1 Purpose 2\nArticle 2 Terms 3\n"
    head, text = LANGUAGES["en"].split("\n", 1)
    treaty = read_document(f"{head}\n\nContents\n{contents}{text}".encode())
    assert treaty.chapters == read_document(LANGUAGES["en"].encode()).chapters


@pytest.mark.parametrize(
    "after",
    ["Interpretative notes\n\nArticle 2\n\n(a) A note.", "Annex\n\nArticle 1\nRules\n\nWords.",
     "55th plenary meeting\n\n24 December 2024", "Annex II\n\n1. Another text."],
)  # fmt: skip
def test_what_follows_the_last_article_is_no_part_of_the_treaty(after):
    text = LANGUAGES["en"].replace("IN WITNESS WHEREOF the undersigned have signed.", after)
    assert read_document(text.encode()).chapters == read_document(LANGUAGES["en"].encode()).chapters


def test_the_mark_of_a_footnote_does_not_change_the_number_of_an_article():
    heads = "".join(f"Article {number}\nT\n\nWords.\n\n" for number in (1, 2, "37", "4 8 9", 5))
    treaty = read_document(f"A treaty\n\n{heads}".encode())
    assert [article.number for article in treaty.articles] == [1, 2, 3, 4, 5]


def test_a_missing_article_is_reported_and_not_taken_for_a_footnote():
    heads = "".join(f"Article {number}\nT\n\nWords.\n\n" for number in (1, 2, 20, 21))
    with pytest.raises(ReadingError, match="article 20 follows article 2"):
        read_document(f"A treaty\n\n{heads}".encode())


def test_words_that_have_no_place_are_reported_and_not_dropped():
    text = LANGUAGES["en"].replace("ARTICLE 2", "Stray words\n\nMore of them\n\nARTICLE 2")
    stray = text.replace("(ii) In Arabic.\n\n", "").replace("(i) In English;\n\n", "")
    stray = stray.replace("(a) To read; and\n\n(b) To write:\n\n", "")
    with pytest.raises(ReadingError, match="words without a mark: 'Stray words'"):
        read_document(stray.encode())


def test_a_captive_portal_is_named_as_what_it_may_be():
    page = b"<!DOCTYPE html><html><body><h1>Guest network</h1><p>Log in to go on.</p></body></html>"
    with pytest.raises(NoTreaty, match="login page"):
        read_document(page)


@pytest.mark.parametrize("text", [b"A letter.\n\nDear reader,", b"Article 1\n" * 5])
def test_a_text_without_articles_is_no_treaty(text):
    with pytest.raises(NoTreaty, match="no articles"):
        read_document(text)


@pytest.mark.parametrize("name", ["A_RES_73_3-EN.pdf", "A_RES_73_8-EN.pdf"])
def test_a_resolution_is_no_treaty(name):
    with pytest.raises(NoTreaty, match="PDF has no articles"):
        read_document(document(name))


def test_the_plain_layout_can_be_read_again(digest):
    text = plain_text_of(un_pdf(digest))
    same(read_document(text.encode()), digest)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda data: b"<html><p>" + data),
        st.binary(max_size=200).map(lambda data: b"%PDF-1.7\n" + data + b"\n%%EOF"),
        st.lists(
            st.sampled_from(
                "Article 1|Article 2|Chapter I|Preamble|1. A.|(a) b;|(i) c.|Title|Annex|\n|\f|A,|x:"
                "|第一条|一、甲。|المادة 1|1 - ا.|Статья 1|a) б;".split("|")
            ),
            max_size=30,
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    try:
        read_document(data)
    except ConventionError as error:
        assert str(error)
