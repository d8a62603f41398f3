"""Which language a question is asked in: English is never taken for another."""

import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from assistant.evaluation.questions import read_labelled
from assistant.tongue import Tongue, tongue_of
from index.data import read_yaml
from index.passages import Kind

QUESTIONS = Path(__file__).parent / "questions"
TRANSLATED = {
    code: read_yaml((QUESTIONS / "languages" / f"{code}.yaml").read_bytes())
    for code in ("ar", "es", "fr", "ru", "vi", "zh")
}

SHORT = {
    "Le piratage est-il un crime ?": "fr",
    "LE PIRATAGE EST-IL UN CRIME ?": "fr",
    "Que dit l’article 14 ?": "fr",
    "que dit l'article 14": "fr",
    "et pour les entreprises ?": "fr",
    "¿Es delito hackear?": "es",
    "es delito hackear": "es",
    "¿Y las empresas?": "es",
    "Hack có phạm pháp không?": "vi",
    "CÔNG ƯỚC NÓI GÌ VỀ HACK": "vi",
    "dẫn độ": "vi",
    "xam nhap trai phep co phai toi pham khong": "vi",
    "黑客行为是犯罪吗?": "zh",
    "INTERPOL的网络?": "zh",
    "第14条": "zh",
    "هل القرصنة جريمة؟": "ar",
    "Является ли взлом преступлением?": "ru",
    "Статья 14": "ru",
}

OTHERS = [
    "Ist Hacken strafbar?",
    "Wie lange müssen Daten aufbewahrt werden?",
    "Quanto tempo os dados devem ser preservados?",
    "L'hacking è un reato?",
    "Data inapaswa kuhifadhiwa kwa muda gani?",
    "hoe lang moeten gegevens bewaard worden",
    "Czy hakowanie jest przestępstwem?",
    "Hacklemek suç mu?",
    "ハッキングは犯罪ですか?",
    "해킹은 범죄인가요?",
    "Чи є злом злочином?",
    "Престъпление ли е хакерството?",
    "آیا هک کردن جرم است؟",
    "کیا ہیکنگ جرم ہے؟",
    "क्या हैकिंग अपराध है?",
    "Είναι το χάκινγκ έγκλημα;",
]

ENGLISH = [
    "hacking",
    "ransomware?",
    "art. 14(1)(b)?",
    "article 14, paragraph 1 (b)",
    "explain 'rançongiciel'",
    "What does 'traité' mean?",
    "what is 黑客",
    "Hà Nội",
    "Viet Nam signed?",
    "Việt Nam ratified?",
    "Côte d'Ivoire?",
    "Côte d'Ivoire signed?",
    "São Tomé and Príncipe",
    "Its raison d'être?",
    "aut dedere aut judicare",
    "nullum crimen sine lege",
    "ne bis in idem",
    "in dubio pro reo",
    "travaux préparatoires",
    "vis-à-vis providers",
    "hw long data presrved",
    "wat is hakcing",
    "cybr crme extraditon treaty",
    "smishing vishing deepfake nudes",
    "",
    "1 2 3",
]


def plain(text: str) -> str:
    """The text as somebody types it who has no accents on the keyboard."""
    bare = text.replace("đ", "d").replace("Đ", "D")
    return unicodedata.normalize("NFD", bare).encode("ascii", "ignore").decode()


@pytest.mark.parametrize("part", ["tuning", "reporting"])
def test_no_labelled_question_is_taken_for_another_language(knowledge, part):
    asked = [q.question for q in read_labelled(QUESTIONS / part, knowledge.convention)]
    assert len(asked) > 800
    assert [question for question in asked if tongue_of(question) is not Tongue.ENGLISH] == []


def test_hardly_a_question_of_the_index_is_taken_for_another_language(knowledge):
    """A few of them are in another language, and four are noise: see the decisions."""
    asked = {passage.text for passage in knowledge.passages if passage.kind is Kind.QUESTION}
    taken = [question for question in asked if tongue_of(question) is not Tongue.ENGLISH]
    assert len(asked) > 37_000 and len(taken) <= 50
    assert "Beihilfe, Versuch, Vorbereitung, welcher Artikel?" in taken


@pytest.mark.parametrize("question", ENGLISH)
def test_names_latin_noise_and_typos_stay_english(question):
    assert tongue_of(question) is Tongue.ENGLISH


@pytest.mark.parametrize("question", SHORT)
def test_a_short_question_shows_its_language(question):
    assert tongue_of(question) == SHORT[question]


@pytest.mark.parametrize("question", OTHERS)
def test_any_further_language_is_another_one(question):
    assert tongue_of(question) is Tongue.OTHER


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_translated_question_shows_its_language(code):
    assert len(TRANSLATED[code]) == 40
    assert {tongue_of(question) for question in TRANSLATED[code].values()} == {code}


@pytest.mark.parametrize(("code", "most"), [("fr", 1), ("es", 0), ("vi", 3)])
def test_questions_without_accents_are_hardly_ever_taken_for_english(code, most):
    asked = [plain(question) for question in TRANSLATED[code].values()]
    assert [tongue_of(question) for question in asked].count(Tongue.ENGLISH) <= most


def test_a_question_takes_a_fraction_of_a_millisecond(knowledge):
    asked = [passage.text for passage in knowledge.passages if passage.kind is Kind.QUESTION]
    tongue_of("Le piratage est-il un crime ?")
    started = time.perf_counter()
    for question in asked[:2000]:
        tongue_of(question)
    assert time.perf_counter() - started < 2.0


def test_nothing_is_loaded_before_a_question_needs_it():
    code = (
        "import sys; from assistant.tongue import tongue_of; "
        "tongue_of('Which articles are about hacking?'); tongue_of('黑客行为是犯罪吗?'); "
        "sys.exit('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1])
    assert done.returncode == 0
